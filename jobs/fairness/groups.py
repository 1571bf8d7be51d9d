"""Which group each client is in, for counting. The only other reader of what was told than its entry form."""

from collections.abc import Sequence

from piccolo.querystring import QueryString

from portal.conf import DB
from portal.people import ADULT

UNTOLD = "untold"
NAMES: dict[str, dict[str, str]] = {
    "sex": {"f": "Perempuan", "m": "Laki-laki"},
    "age": {
        "18-24": "18 sampai 24 tahun",
        "25-34": "25 sampai 34 tahun",
        "35-44": "35 sampai 44 tahun",
        "45+": "45 tahun ke atas",
    },
    "disability": {"yes": "Penyandang disabilitas", "no": "Bukan penyandang disabilitas"},
}
"""By attribute, in the order of the screen."""

READ = f"""
SELECT client.id, told.sex,
       CASE WHEN years < 25 THEN '18-24' WHEN years < 35 THEN '25-34' WHEN years < 45 THEN '35-44' ELSE '45+' END AS age,
       CASE told.disability WHEN true THEN 'yes' WHEN false THEN 'no' END AS disability
FROM client CROSS JOIN LATERAL extract(year FROM age(current_date, client.born_on)) AS years
LEFT JOIN fairness_attribute AS told ON told.client = client.id
WHERE client.closed_on IS NULL AND client.paused_on IS NULL AND years >= {ADULT}
  AND ({{}}::int[] IS NULL OR client.id = ANY({{}}::int[]))
"""

Groups = dict[int, dict[str, str | None]]
"""By client: attribute -> group, None where it was not told."""


async def read(clients: Sequence[int] | None = None) -> Groups:
    """Of these clients, or of everybody who can be proposed work."""
    ids = None if clients is None else list(clients)
    rows = await DB.run_querystring(QueryString(READ, ids, ids))
    return {row["id"]: {attribute: row[attribute] for attribute in NAMES} for row in rows}
