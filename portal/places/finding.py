"""Which region a person or a file means by what they wrote."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from portal.places.localities import regencies_by_locality
from portal.places.regions import FOLDER, parse_code, provinces, regencies, regions
from portal.places.spelling import squeeze

Codes = frozenset[str]
NOTHING: Codes = frozenset()
LONGEST = 1_000
"""Letters of an address; what is longer is none, and would take its time."""


@lru_cache(maxsize=4096)
def find_region(text: str) -> str | None:
    """The code of the region meant by "kab. bogor", "Jaksel", "Cikarang, Bekasi" or "32.01"; None when unsure.

    Commas and slashes part the text; the parts narrow each other, and a province among them narrows them all.

    - A name with its title is that region: "Kab. Bogor", "Kotamadya Bogor", "Provinsi Jambi".
    - A plain name that a kota and a kabupaten of one province share is the kota: "Bogor" is Kota Bogor. Where the
      two lie in different provinces ("Banjar"), nobody can tell: None.
    - A plain name that a regency and a province share is the regency ("Jambi" is Kota Jambi), unless another part
      names a regency: "Muaro Jambi, Jambi".
    - Parts that contradict each other are None: "Bandung / Surabaya", "Bogor, Jawa Timur".
    - A town or village decides where the rest leaves it open ("Cikarang, Bekasi" is the kabupaten), never against
      a regency that is named, and only when all its namesakes lie in one regency.
    """
    if len(text) > LONGEST:
        return None
    if re.fullmatch(r"[\d.\s]+", text):
        return _known_code(text)
    parts = _parts(text)
    stated = {_province_names()[part] for part in parts if part in _province_names()}
    if len(stated) > 1:
        return None
    province = next(iter(stated), None)
    # A name that is both a province and a regency ("Jambi") counts as a regency only where no other part does.
    regency_parts = [part for part in parts if part in _regency_names()]
    regency_parts = [part for part in regency_parts if part not in _province_names()] or regency_parts
    named = {part: _inside(province, _regency_names()[part]) for part in regency_parts}
    towns = {part: _inside(province, regencies_by_locality().get(part, NOTHING)) for part in parts}
    if not named:
        return _only(_common(towns.values())) or province
    # "Depok, Sleman": the first part is a city elsewhere, but also a town in the second.
    agreed = _common(named.get(part, NOTHING) | towns[part] for part in parts)
    meant = agreed & frozenset().union(*named.values()) or frozenset.intersection(*named.values())
    return _only(meant) or _city_among(meant)


def _known_code(text: str) -> str | None:
    try:
        return parse_code(text)
    except ValueError:
        return None


def _parts(text: str) -> list[str]:
    """The squeezed parts of an address, a province at the end of a part ("Kota Bandung Jawa Barat") on its own."""
    parts = []
    for part in re.split(r"[,;/|()\n]| - ", text):
        name = squeeze(part)
        if name not in ("", "indonesia"):
            parts += _without_province(name)
    return parts


def _without_province(name: str) -> list[str]:
    if name in _regency_names() or name in _province_names():
        return [name]
    for province in _province_names():
        rest = name.removesuffix(province)
        if rest != name and (rest in _regency_names() or rest in regencies_by_locality()):
            return [rest, province]
    return [name]


def _inside(province: str | None, codes: Codes) -> Codes:
    return frozenset(code for code in codes if province in (None, code[:2]))


def _common(sets: Iterable[Codes]) -> Codes:
    """What all sets share that know anything at all."""
    known = [codes for codes in sets if codes]
    return frozenset.intersection(*known) if known else NOTHING


def _only(codes: Codes) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


def _city_among(codes: Codes) -> str | None:
    """The kota, where a kota and a kabupaten of one province are left."""
    if len({code[:2] for code in codes}) != 1:
        return None
    return _only(frozenset(code for code in codes if regions()[code].is_city))


@cache
def _aliases() -> Mapping[str, dict[str, str]]:
    return tomllib.loads((FOLDER / "aliases.toml").read_text(encoding="utf-8"))


@cache
def _regency_names() -> Mapping[str, Codes]:
    """Every squeezed way to name a regency, with and without its title, and the codes it may mean."""
    names: dict[str, set[str]] = defaultdict(set)
    for region in regencies():
        bare = squeeze(region.name.removeprefix("Kab. ").removeprefix("Kota "))
        title = "kota" if region.is_city else "kab"
        for name in (bare, title + bare):
            names[name].add(region.code)
    for alias, code in _aliases()["regencies"].items():
        names[alias].add(code)
    return {name: frozenset(codes) for name, codes in names.items()}


@cache
def _province_names() -> Mapping[str, str]:
    """Every squeezed way to name a province; the longer first, so that "DKI Jakarta" is tried before "Jakarta"."""
    names = {squeeze(region.name): region.code for region in provinces()} | _aliases()["provinces"]
    names |= {"provinsi" + name: code for name, code in names.items()}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))
