"""The ways people ask: what `portal bench index` asks each index."""

from jobs.index.port import Query, Sort

BANDUNG = (-6.91, 107.61)
SHAPES: dict[str, Query] = {
    "nothing": Query(),
    "trade": Query("tukang las"),
    "one word": Query("kasir"),
    "alias": Query("ojol"),
    "one typo": Query("tukng las"),
    "two typos": Query("mntir mtor"),
    "beginning": Query("operat"),
    "frequent word": Query("tukang"),
    "in every text": Query("tim kami"),
    "rare": Query("pramukamar jayapura"),
    "unknown": Query("astronaut"),
    "long": Query("dibutuhkan segera tukang las berpengalaman di kota bandung gaji umr makan siang"),
    "trade and place": Query("sopir bandung"),
    "in a province": Query("kasir", region="32"),
    "type and newest": Query("operator", types=frozenset({"contract"}), sort=Sort.NEWEST),
    "radius and wage": Query("gudang", region="32.16", radius_km=50, wage_min=3_000_000),
    "education and types": Query("toko", education=30, types=frozenset({"daily", "contract"})),
    "best paid": Query("operator", sort=Sort.WAGE),
    "nearest": Query("sopir", origin=BANDUNG, sort=Sort.NEAREST),
    "filters only": Query(region="32.01", education=20),
    "later page": Query("tukang", page=20),
}
BEGINNINGS = (
    "tu",
    "tuk",
    "tukang",
    "las",
    "oj",
    "sop",
    "kab. b",
    "bog",
    "pt m",
    "kasi",
    "men",
    "pembu",
    "tukng",
)
UNIQUE = "ujicobake{}"
"""A word that no other vacancy holds."""
