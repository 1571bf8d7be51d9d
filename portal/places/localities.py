"""Towns and villages inside the regencies: a finer place than the regency, and only as sure as its source."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from portal.places.regions import Level, read_table, regions
from portal.places.spelling import squeeze


@dataclass(frozen=True, slots=True)
class Locality:
    """A town or village in degrees, two decimals. Its regency is a hint: see README.md in this folder."""

    name: str
    regency: str
    latitude: float
    longitude: float


@cache
def localities() -> tuple[Locality, ...]:
    """All of them, by regency and name."""
    return tuple(
        Locality(row["name"], row["regency"], float(row["latitude"]), float(row["longitude"]))
        for row in read_table("localities.csv")
    )


@cache
def localities_of(code: str) -> tuple[Locality, ...]:
    """The localities of a regency, or of all regencies of a province, by name; KeyError for an unknown code."""
    region = regions()[code]
    whole_province = region.level is Level.PROVINCE
    found = (place for place in localities() if place.regency[: 2 if whole_province else 5] == code)
    return tuple(sorted(found, key=lambda place: (place.name, place.regency)))


def find_locality(code: str, name: str) -> Locality | None:
    """The locality of that name in a regency or province, however it is spaced or capitalised.

    None when there is none, or when two of the name would leave it open which is meant; KeyError for an unknown code.
    """
    wanted = squeeze(name)
    found = [place for place in localities_of(code) if squeeze(place.name) == wanted]
    return found[0] if len(found) == 1 else None


@cache
def regencies_by_locality() -> Mapping[str, frozenset[str]]:
    """Squeezed locality name -> the regencies that have one of that name."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in localities():
        found[squeeze(place.name)].add(place.regency)
    return {name: frozenset(codes) for name, codes in found.items()}
