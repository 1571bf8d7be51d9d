"""Where people live and work: regions of Indonesia, distances between them, and what people call them."""

from portal.places.distance import Located, by_distance, distance_km, within
from portal.places.finding import find_region
from portal.places.localities import Locality, find_locality, localities_of
from portal.places.regions import Level, Region, parse_code, province_options, provinces, regencies, regions

__all__ = [
    "Level",
    "Locality",
    "Located",
    "Region",
    "by_distance",
    "distance_km",
    "find_locality",
    "find_region",
    "localities_of",
    "parse_code",
    "province_options",
    "provinces",
    "regencies",
    "regions",
    "within",
]
