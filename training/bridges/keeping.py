"""Bridges in the database: one row for each code of each list, brought up to date by every import."""

from collections.abc import Sequence

from portal.database import change, connection
from training.bridges.matching import Bridge

BATCH = 2_000
KEEP = """
INSERT INTO vocabulary_bridge (scheme, code, label, kind, entry, imported_at)
SELECT scheme, code, label, kind, entry, now()
FROM unnest($1::varchar[], $2::varchar[], $3::text[], $4::varchar[], $5::varchar[])
     AS given (scheme, code, label, kind, entry)
ON CONFLICT (scheme, code) DO UPDATE
SET label = excluded.label, kind = excluded.kind, entry = excluded.entry, imported_at = now()
"""


async def keep(bridges: Sequence[Bridge]) -> None:
    """Writes them all or none. Codes that this file does not hold stay."""
    async with change(by=None):
        for start in range(0, len(bridges), BATCH):
            batch = bridges[start : start + BATCH]
            await connection().execute(
                KEEP,
                [each.scheme.value for each in batch],
                [each.code for each in batch],
                [each.label for each in batch],
                [each.kind.value for each in batch],
                [each.entry for each in batch],
            )
