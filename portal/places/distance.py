"""How far places are apart, and which regencies lie within so many kilometres of one."""

from bisect import bisect_right
from collections.abc import Mapping
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Any, Protocol

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


def by_distance(point: Located) -> Mapping[str, float]:
    """Codes of all regions, provinces included, with the kilometres of `distance_km` to each, nearest first.

    One pass for what a search around any point needs; `distance_km` for one after the other takes ten times as long.
    """
    return _from_point(point.latitude, point.longitude)


@lru_cache(maxsize=64)
def _from_point(latitude: float, longitude: float) -> Mapping[str, float]:
    import numpy as np

    codes, φ, cosines, λ = _centres()
    φ1 = radians(latitude)
    h = np.sin((φ - φ1) / 2) ** 2 + cos(φ1) * cosines * np.sin(np.radians(λ - longitude) / 2) ** 2
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return {codes[place]: float(km[place]) for place in np.argsort(km, kind="stable").tolist()}


@cache
def _centres() -> tuple[list[str], Any, Any, Any]:
    """Codes of all regions; their latitudes in radians with the cosines of those, and their longitudes in degrees."""
    # Here, because whoever looks a place up by name needs no arrays and would wait for them.
    import numpy as np

    φ = np.radians([each.latitude for each in regions().values()])
    return [*regions()], φ, np.cos(φ), np.array([each.longitude for each in regions().values()])


def within(code: str, radius_km: float) -> list[tuple[str, float]]:
    """The regencies whose centre is at most `radius_km` away, with their kilometres, nearest first.

    A regency counts itself at 0 km. A province counts all its regencies at 0 km, and the others from the nearest of
    those. KeyError for an unknown code; an empty list for a negative radius.
    """
    codes, kilometres = _neighbours(code)
    end = bisect_right(kilometres, radius_km)
    return list(zip(codes[:end], kilometres[:end], strict=True))


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
