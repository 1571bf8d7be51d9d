"""The language of the judgements: what a vacancy has to be, in terms of facts and never of the words an index matches.

A rule is a list of alternatives parted by ";", each a list of conditions that must all hold, parted by spaces:

    trade=kasir-toko,kasir-restoran region=32.16 ; id=kasir-roti

    trade, isco, type, time, licence, skill, id, employer   one of these values (isco and region by their beginning)
    region     a regency or a whole province                wage     the shown wage reaches it, rupiah a month
    near       code/km: at most so far from its centre      school   asks for no more than this level
    away       code/km: farther than that                   novice   asks for no experience
    under      a shown wage below it                        seasoned asks for half a year or more
    schooled   asks for more than this level                without  asks for none of these licences
    kind!=, trade!=, employer!=                             any other

In `employer`, "_" stands for a space.
"""

from collections.abc import Callable
from functools import cache

from portal.places import distance_km, regions
from tests.bench.judged.vacancies import Judgeable
from training.vocabulary import plain, vocabulary

Rule = Callable[[Judgeable], bool]


@cache
def rule(text: str) -> Rule:
    """Raises ValueError for a condition that does not exist."""
    alternatives = [[_condition(each) for each in part.split()] for part in text.split(";") if part.strip()]
    return lambda vacancy: any(all(holds(vacancy) for holds in conditions) for conditions in alternatives)


def _condition(text: str) -> Rule:
    name, equals, value = text.partition("=")
    values = frozenset(value.split(","))
    if name not in CONDITIONS or bool(equals) == (name in ("novice", "seasoned")):
        raise ValueError(f"“{text}” is no condition")
    return lambda vacancy: CONDITIONS[name](vacancy, values)


def _isco(vacancy: Judgeable, values: frozenset[str]) -> bool:
    return vocabulary().occupations[vacancy.trade].isco.startswith(tuple(values))


def _employer(vacancy: Judgeable, values: frozenset[str]) -> bool:
    return plain(vacancy.document.employer).replace(" ", "_") in values


def _kilometres(vacancy: Judgeable, values: frozenset[str]) -> tuple[float, float]:
    """How far it is from the place, and the limit."""
    code, _, limit = next(iter(values)).partition("/")
    return distance_km(regions()[code], _Spot(vacancy)), float(limit)


class _Spot:
    def __init__(self, vacancy: Judgeable) -> None:
        self.latitude = vacancy.document.latitude or 0.0
        self.longitude = vacancy.document.longitude or 0.0


def _near(vacancy: Judgeable, values: frozenset[str]) -> bool:
    far, limit = _kilometres(vacancy, values)
    return far <= limit


def _reaches(vacancy: Judgeable, values: frozenset[str]) -> bool:
    return (vacancy.document.wage_max or 0) >= int(next(iter(values)))


def _below(vacancy: Judgeable, values: frozenset[str]) -> bool:
    shown = vacancy.document.wage_max
    return shown is not None and shown < int(next(iter(values)))


def _enough_school(vacancy: Judgeable, values: frozenset[str]) -> bool:
    return (vacancy.document.education or 0) <= int(next(iter(values)))


CONDITIONS: dict[str, Callable[[Judgeable, frozenset[str]], bool]] = {
    "trade": lambda vacancy, values: vacancy.trade in values,
    "trade!": lambda vacancy, values: vacancy.trade not in values,
    "isco": _isco,
    "type": lambda vacancy, values: vacancy.document.employment_type in values,
    "kind!": lambda vacancy, values: vacancy.document.employment_type not in values,
    "time": lambda vacancy, values: bool(values & set(vacancy.document.work_times or ())),
    "licence": lambda vacancy, values: bool(values & set(vacancy.document.licences)),
    "without": lambda vacancy, values: not values & set(vacancy.document.licences),
    "skill": lambda vacancy, values: bool(values & set(vacancy.document.skills)),
    "id": lambda vacancy, values: vacancy.key in values,
    "employer": _employer,
    "employer!": lambda vacancy, values: not _employer(vacancy, values),
    "region": lambda vacancy, values: (vacancy.document.region or "").startswith(tuple(values)),
    "near": _near,
    "away": lambda vacancy, values: not _near(vacancy, values),
    "wage": _reaches,
    "under": _below,
    "school": _enough_school,
    "schooled": lambda vacancy, values: not _enough_school(vacancy, values),
    "novice": lambda vacancy, values: vacancy.document.experience_months == 0,
    "seasoned": lambda vacancy, values: vacancy.document.experience_months >= 6,
}
