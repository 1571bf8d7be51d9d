"""Counts names that are searched for, by day; nothing says who searched."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-30T12:16:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Popular searches"

TABLE = """
CREATE TABLE search_count (
    name text NOT NULL,
    day date NOT NULL,
    times integer NOT NULL DEFAULT 1,
    counted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, day)
);
COMMENT ON TABLE search_count IS 'How often a name of a trade or a skill was searched for on a day; of nobody.';
CREATE INDEX search_count_day ON search_count (day);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    async def run() -> None:
        await statements(TABLE)

    manager.add_raw(run)
    return manager
