"""Vacancies and cases from files of one JSON object a line, checked; docs/matching.md tells the keys.

Ids of the vocabulary mean what they mean in the portal. Anything else is a token that equals itself and nothing else.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from jobs.evaluation.values import (
    education_of,
    number,
    occupation_of,
    place_of,
    texts,
    vacancy_id,
)
from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy, VacancyId

SHOWN = 20
"""So many bad lines are named; the rest are counted."""
HIGHEST_GRADE = 10
Read = TypeVar("Read")


class Unreadable(ValueError):
    """A file under evaluation has lines that cannot be used; the message names each with its number."""


@dataclass(frozen=True, slots=True)
class Case:
    """A profile and what should come up for it: id of a vacancy, as text -> grade, above 0 where it is relevant."""

    id: VacancyId
    profile: Profile
    relevant: Mapping[str, float] = field(default_factory=dict)


def read_vacancies(path: Path) -> list[Vacancy]:
    """Raises Unreadable."""
    return _read(path, _vacancy, lambda vacancy: vacancy.id)


def read_cases(path: Path, vacancies: list[Vacancy]) -> list[Case]:
    """Raises Unreadable, also where a relevant vacancy is none of these."""
    known = {str(vacancy.id) for vacancy in vacancies}

    def read(row: dict[str, Any]) -> Case:
        case = _case(row)
        for id in case.relevant:
            if id not in known:
                raise ValueError(f"relevant: {id!r} is none of the vacancies")
        return case

    return _read(path, read, lambda case: case.id)


def _read(
    path: Path, read: Callable[[dict[str, Any]], Read], id_of: Callable[[Read], VacancyId]
) -> list[Read]:
    found: dict[str, Read] = {}
    faults: list[str] = []
    for line, raw in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            entry = read(_object(raw))
            id = str(id_of(entry))
            if id in found:
                raise ValueError(f"the id {id!r} stands twice")
            found[id] = entry
        except ValueError as problem:
            faults.append(f"{path.name}, line {line}: {problem}")
    if faults:
        more = [f"and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
        raise Unreadable("\n".join(faults[:SHOWN] + more))
    if not found:
        raise Unreadable(f"{path.name}: there is nothing in it")
    return list(found.values())


def _object(raw: bytes) -> dict[str, Any]:
    try:
        row = json.loads(raw.decode(), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError as problem:
        raise ValueError(f"not JSON ({problem.msg} at column {problem.colno})") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    return row


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _vacancy(row: dict[str, Any]) -> Vacancy:
    latitude, longitude = place_of(row)
    wage = row.get("wage") or {}
    if not isinstance(wage, dict):
        raise ValueError('wage: not an object with "min" and "max"')
    wages = [number(wage, key, f"wage.{key}") for key in ("min", "max")]
    hours = texts(row, "hours")
    kind = row.get("type")
    if kind is not None and not isinstance(kind, str):
        raise ValueError("type: not a text")
    return Vacancy(
        id=vacancy_id(row.get("id"), "id"),
        occupation=occupation_of(row["occupation"]) if row.get("occupation") is not None else None,
        essential=texts(row, "essential") or frozenset(),
        useful=texts(row, "useful") or frozenset(),
        education=education_of(row),
        licences=texts(row, "licences") or frozenset(),
        latitude=latitude,
        longitude=longitude,
        hours=hours,
        employment_type=kind,
        wage_min=None if wages[0] is None else round(wages[0]),
        wage_max=None if wages[1] is None else round(wages[1]),
        experience_months=_months(row),
    )


def _months(row: dict[str, Any]) -> int | None:
    months = number(row, "experience_months", "experience_months")
    return None if months is None else round(months)


def _case(row: dict[str, Any]) -> Case:
    profile = row.get("profile")
    if not isinstance(profile, dict):
        raise ValueError("profile: missing, or not an object")
    return Case(vacancy_id(row.get("id"), "id"), _profile(profile), _relevant(row.get("relevant")))


def _profile(row: dict[str, Any]) -> Profile:
    latitude, longitude = place_of(row)
    wage = number(row, "wage_min", "wage_min")
    certificates = texts(row, "certificates") or frozenset()
    stated = texts(row, "skills")
    skills = dict.fromkeys(sorted(stated or ()), Evidence.STATED)
    skills |= dict.fromkeys(sorted(certificates), Evidence.CERTIFIED)
    worked = _experience(row.get("experience_months"))
    # Occupations of which no months are known say what kind of work it is, and nothing about how long.
    named = frozenset(map(occupation_of, sorted(texts(row, "occupations") or ())))
    held = texts(row, "licences")
    return Profile(
        skills=skills if stated is not None or skills else None,
        occupations=worked,
        wished=(named - (worked or {}).keys()) | frozenset(map(occupation_of, texts(row, "wished") or ()))
        or None,
        education=education_of(row),
        licences=None if held is None else held | certificates,
        latitude=latitude,
        longitude=longitude,
        travel_km=number(row, "travel_km", "travel_km"),
        hours=texts(row, "hours"),
        employment_types=texts(row, "types"),
        wage_min=None if wage is None else round(wage),
    )


def _experience(told: Any) -> dict[Occupation, int] | None:
    if told is None:
        return None
    if not isinstance(told, dict):
        raise ValueError("experience_months: not an object of occupation and months")
    months: dict[Occupation, int] = {}
    for id in sorted(told):
        occupation = occupation_of(id)
        many = number(told, id, f"experience_months.{id}") or 0
        months[occupation] = months.get(occupation, 0) + round(many)
    return months


def _relevant(told: Any) -> dict[str, float]:
    if isinstance(told, list):
        return {str(vacancy_id(id, "relevant")): 1.0 for id in told}
    if not isinstance(told, dict):
        raise ValueError("relevant: neither a list of vacancies nor an object of vacancy and grade")
    grades: dict[str, float] = {}
    for id, grade in told.items():
        if isinstance(grade, bool) or not isinstance(grade, int | float) or not 0 <= grade <= HIGHEST_GRADE:
            raise ValueError(f"relevant: the grade of {id!r} is not a number from 0 to {HIGHEST_GRADE}")
        grades[id] = float(grade)
    return grades
