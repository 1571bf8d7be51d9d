"""A graded Indonesian matching set: `python -m tests.bench.graded FOLDER` writes it as the files `portal evaluate` reads.

The people, the trades and what each trade's workers can do are written by hand in `grading/`; `grading/rules.py` says
how a good caseworker judges a pair. `occupations` of a profile holds those worked in, with their months beside, and
then those wished for; `certificates` are the skills that a certificate names. Vacancies judged 0 are left out.
"""

import json
import sys
from collections.abc import Iterable, Set
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.bench.grading.reading import Person, people, place_of, places
from tests.bench.grading.rules import graded
from tests.bench.grading.vacancies import line, made
from training.bench.labelled import Half

BOTH = "both"


def vacancies(place: str | None = None) -> list[dict[str, Any]]:
    """The vacancies of the country, or of one place, a line each."""
    return [line(vacancy) for vacancy in made() if place in (None, vacancy.place)]


def cases(half: str = BOTH, place: str | None = None) -> list[dict[str, Any]]:
    """The people of `development`, `test` or `both`, or those who live in one place, with their judgements above 0
    about its vacancies, a line each."""
    about = {vacancy.id for vacancy in made() if place in (None, vacancy.place)}
    return [
        {"id": person.id, "profile": profile(person), "relevant": relevant(person.id, about)}
        for person in people().values()
        if half == BOTH or half_of(person.id) is Half(half)
        if place in (None, place_of()[person.region])
    ]


def half_of(id: str) -> Half:
    """Depends on the id alone, so that a new person moves nobody. The test half is for the report only."""
    return Half.TEST if sha256(id.encode()).digest()[-1] % 2 else Half.DEVELOPMENT


@cache
def judged(id: str) -> dict[str, int]:
    """Every vacancy's grade for one person, the 0s too."""
    return graded(people()[id], made())


def relevant(id: str, about: Set[str]) -> dict[str, int]:
    """The grades above 0, the best first."""
    above = {vacancy: grade for vacancy, grade in judged(id).items() if grade and vacancy in about}
    return dict(sorted(above.items(), key=lambda pair: -pair[1]))


def profile(person: Person) -> dict[str, Any]:
    """A person as a case's profile: what is not known has no key, and nothing else is told of them."""
    facts = {
        "occupations": list(dict.fromkeys([*person.occupations, *person.wishes])) or None,
        "skills": sorted(person.skills),
        "certificates": sorted(person.certificates) or None,
        "region": person.region,
        "travel_km": person.travel_km,
        "education": person.education,
        "experience_months": person.occupations or None,
        "licences": None if person.licences is None else sorted(person.licences),
        "wage_min": person.wage_min,
    }
    return {key: value for key, value in facts.items() if value is not None}


def write(folder: Path) -> None:
    """Writes `V.jsonl`, `development.jsonl` and `test.jsonl`, and the same for each place into `places/`, where distance
    decides less and the work more."""
    _write_set(folder, None)
    for place in places():
        _write_set(folder / "places" / place, place)


def _write_set(folder: Path, place: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "V.jsonl", vacancies(place))
    for half in Half:
        _write(folder / f"{half.value}.jsonl", cases(half, place))


def _write(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("Usage: python -m tests.bench.graded FOLDER")
    write(Path(sys.argv[1]))
