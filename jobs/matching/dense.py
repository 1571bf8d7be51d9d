"""The same score for very many vacancies at once, laid out in columns: what no retrieval can beat, and what it is held against.

A part reads few fields of a vacancy, so it is worked out once for each combination of them that occurs, by the very function
that scores one pair. Skills and experience have too many combinations and are worked out in columns.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

import numpy as np

from jobs.matching.facts import Vacancy
from jobs.matching.score import GATE, NO_HOURS, WORK_ENOUGH, WORK_UNKNOWN, Name, beyond, gates, measures_of
from jobs.matching.seeker import EMPHASIS, ESSENTIAL, USEFUL, Seeker

READ: dict[Name, Callable[[Vacancy], Hashable]] = {
    Name.OCCUPATION: lambda each: each.occupation,
    Name.DISTANCE: lambda each: (each.latitude, each.longitude),
    Name.HOURS: lambda each: each.hours,
    Name.EMPLOYMENT: lambda each: each.employment_type,
    Name.WAGE: lambda each: (each.wage_min, each.wage_max),
    Name.EDUCATION: lambda each: each.education,
    Name.LICENCES: lambda each: each.licences,
    Name.WISHES: lambda each: (each.tags, each.employer, each.occupation),
}
"""What each part reads of a vacancy."""
NONE = np.empty(0, dtype=np.int64)


class Kinds(NamedTuple):
    """One vacancy for each combination of the fields that a part reads, and the place of each vacancy's own."""

    examples: list[Vacancy]
    places: np.ndarray


class Market:
    """Vacancies in columns."""

    def __init__(self, vacancies: Sequence[Vacancy]) -> None:
        self.vacancies = vacancies
        self._kinds: dict[Name, Kinds] = {}
        self.named = [
            _naming([each.essential for each in vacancies]),
            _naming([each.useful for each in vacancies]),
        ]
        self.shares = [
            ESSENTIAL / np.maximum(1, np.array([len(each.essential) for each in vacancies])),
            USEFUL / np.maximum(1, np.array([len(each.useful) for each in vacancies])),
        ]
        asked = [each.experience_months for each in vacancies]
        self.months = np.array([np.nan if months is None else months for months in asked], dtype=float)
        self.asks = np.array([bool(each.essential or each.useful) for each in vacancies], dtype=bool)

    def best(self, seeker: Seeker, limit: int) -> np.ndarray:
        """Places of the best, at most `limit`; equals in no promised order."""
        return self.top(self.scores(seeker), limit)

    @staticmethod
    def top(scores: np.ndarray, limit: int) -> np.ndarray:
        """Places of the highest, the highest first."""
        places = np.argpartition(-scores, limit)[:limit] if limit < len(scores) else np.arange(len(scores))
        return places[np.argsort(-scores[places], kind="stable")]

    def scores(self, seeker: Seeker) -> np.ndarray:
        """The score of every vacancy, as `jobs.matching.score.score` gives it one by one (but for the last digits)."""
        count = len(self.vacancies)
        reached, shared = np.zeros(count), np.zeros(count)
        work, factor = np.full(count, -1.0), np.ones(count)
        for name, weight, function in measures_of(seeker):
            if name is Name.SKILLS:
                values = self._skills(seeker)
            elif name is Name.EXPERIENCE:
                values = self._experience(seeker)
            else:
                values = self._values(name, function, seeker)
            known = ~np.isnan(values)
            reached += weight * np.where(known, values, 0.0)
            shared += weight * known
            if name in (Name.SKILLS, Name.OCCUPATION):
                work = np.fmax(work, values)
            elif name is Name.HOURS:
                factor[values == 0] = NO_HOURS
        factor *= np.where(work < 0, WORK_UNKNOWN, np.minimum(1.0, work / WORK_ENOUGH))
        factor *= self._values(Name.DISTANCE, beyond, seeker)
        kinds = self._of(Name.LICENCES)
        gated = np.array([bool(gates(seeker.profile, each)) for each in kinds.examples], dtype=bool)
        factor[gated[kinds.places]] *= GATE
        return np.asarray(np.minimum(1.0, factor * reached / np.maximum(shared, 1)))

    def _values(
        self, name: Name, function: Callable[[Seeker, Vacancy], float | None], seeker: Seeker
    ) -> np.ndarray:
        """NaN where the part has nothing to say."""
        kinds = self._of(name)
        told = [function(seeker, each) for each in kinds.examples]
        values = np.array([np.nan if value is None else value for value in told])
        return np.asarray(values[kinds.places])

    def _of(self, name: Name) -> Kinds:
        if name not in self._kinds:
            first: dict[Hashable, int] = {}
            places = [first.setdefault(READ[name](each), len(first)) for each in self.vacancies]
            where = np.array(places, dtype=np.int64)
            examples = dict(zip(places, self.vacancies, strict=True))
            self._kinds[name] = Kinds([examples[place] for place in range(len(first))], where)
        return self._kinds[name]

    def _experience(self, seeker: Seeker) -> np.ndarray:
        """Months are a second field beside the occupation, so the two are brought together here."""
        kinds = self._of(Name.OCCUPATION)
        told = seeker.profile.occupations is not None
        counted = [
            seeker.near(each.occupation)[1] if each.occupation and told else np.nan for each in kinds.examples
        ]
        values = np.minimum(1.0, np.array(counted)[kinds.places] / np.maximum(1, self.months))
        return np.where(self.months <= 0, np.where(np.isnan(self.months), np.nan, 1.0), values)

    def _skills(self, seeker: Seeker) -> np.ndarray:
        likely = np.zeros(len(self.vacancies))
        held = seeker.profile.skills or {}
        for skill, evidence in held.items():
            odds = 1 / seeker.background.chance(skill)
            for named, share in zip(self.named, self.shares, strict=True):
                rows = named.get(skill, NONE)
                likely[rows] += EMPHASIS[evidence] * np.log1p(share[rows] * odds)
        self._add_near(seeker, likely)
        return np.where(self.asks, -np.expm1(-likely / seeker.tau), np.nan)

    def _add_near(self, seeker: Seeker, likely: np.ndarray) -> None:
        """Pair by pair, the nearest first, as `Seeker.standing_in` does for one vacancy."""
        spoken: dict[str, np.ndarray] = {}
        filled: dict[str, np.ndarray] = {}
        for kin in seeker.pairs:
            if kin.held not in spoken:
                spoken[kin.held] = np.zeros(len(likely), dtype=bool)
                for named in self.named:
                    spoken[kin.held][named.get(kin.held, NONE)] = True
            done = filled.setdefault(kin.asked, np.zeros(len(likely), dtype=bool))
            odds = 1 / seeker.background.chance(kin.asked)
            for named, share in zip(self.named, self.shares, strict=True):
                rows = named.get(kin.asked, NONE)
                rows = rows[~(spoken[kin.held][rows] | done[rows])]
                likely[rows] += kin.near * np.log1p(share[rows] * odds)
                spoken[kin.held][rows] = done[rows] = True


def _naming(lists: Sequence[frozenset[str]]) -> dict[str, np.ndarray]:
    """Skill -> the places of the lists that name it."""
    places: dict[str, list[int]] = {}
    for place, skills in enumerate(lists):
        for skill in skills:
            places.setdefault(skill, []).append(place)
    return {skill: np.array(found, dtype=np.int64) for skill, found in places.items()}
