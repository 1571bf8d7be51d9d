"""How far places are apart, and which regencies lie within so many kilometres of one."""

from bisect import bisect_right
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

import numpy as np

from portal.places.regions import Level, regencies, regions

EARTH_RADIUS_KM = 6371.0088  # The mean radius R1 of the IUGG.


class Located(Protocol):
    """Anything with a latitude and a longitude in degrees: a region, a locality, an address."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


def distance_km(a: Located, b: Located) -> float:
    """Kilometres between two points as the crow flies, on a sphere.

    The haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984):
    2 R asin √(sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2)). At most 0.6 % from the ellipsoid; roads are longer.
    """
    φ1, φ2 = radians(a.latitude), radians(b.latitude)
    Δλ = radians(b.longitude - a.longitude)
    h = sin((φ2 - φ1) / 2) ** 2 + cos(φ1) * cos(φ2) * sin(Δλ / 2) ** 2
    # Rounding can lift the sum a hair above 1 for points on opposite sides of the earth.
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, h)))


def within(code: str, radius_km: float) -> list[tuple[str, float]]:
    """The regencies whose centre is at most `radius_km` away, with their kilometres, nearest first.

    A regency counts itself at 0 km. A province counts all its regencies at 0 km, and the others from the nearest of
    those. KeyError for an unknown code; an empty list for a negative radius.
    """
    codes, kilometres = _neighbours(code)
    end = bisect_right(kilometres, radius_km)
    return list(zip(codes[:end], kilometres[:end], strict=True))


def by_distance(origin: Located) -> list[tuple[str, float]]:
    """All regencies with the kilometres to their centres, nearest first; one pass, for an origin that may be anywhere."""
    codes, φ, λ = _centres()
    φ1, λ1 = radians(origin.latitude), radians(origin.longitude)
    h = np.sin((φ - φ1) / 2) ** 2 + cos(φ1) * np.cos(φ) * np.sin((λ - λ1) / 2) ** 2
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    places = np.argsort(km, kind="stable")
    return list(zip([codes[place] for place in places], km[places].tolist(), strict=True))


@cache
def _centres() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Codes, latitudes and longitudes in radians."""
    found = list(regencies())
    return (
        [each.code for each in found],
        np.radians([each.latitude for each in found]),
        np.radians([each.longitude for each in found]),
    )


@cache
def _neighbours(code: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """All 514 regencies by distance from one region: sorted once for each, so that a query only cuts."""
    region = regions()[code]
    origins = [region] if region.level is Level.REGENCY else regencies(code)
    found = sorted(
        (min(distance_km(origin, other) for origin in origins), other.code) for other in regencies()
    )
    # The place itself comes first even where a neighbour's rounded centre is the same point.
    found.sort(key=lambda pair: (pair[0], pair[1] != code))
    return tuple(code for _, code in found), tuple(km for km, _ in found)
