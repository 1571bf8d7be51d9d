"""Cases made from ESCO: `python -m tests.bench.esco FOLDER OUT --skills 6 --noise 3 --seed 1` writes OUT/V.jsonl and
OUT/C.jsonl for `portal evaluate`.

FOLDER holds the two zips of an ESCO 1.1.1 download (classification and relations, in English). A case is the profile of
somebody of one occupation of ISCO groups 5 to 9: some of its skills, 70 % essential and 30 % optional, and some skills
of other occupations. Right is that occupation, among all 3,007. This script uses the ESCO classification of the European
Commission; nothing of it is kept here.
"""

import argparse
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

ESSENTIAL_SHARE = 0.7
FEWEST = 4
"""Essential skills of an occupation that becomes a case: as many as six skills need, so that all settings share cases."""
GROUPS = "56789"


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table in one of the zips. Raises FileNotFoundError where none holds it."""
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            if name in archive.namelist():
                with archive.open(name) as file:
                    yield from csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))
                return
    raise FileNotFoundError(f"{name} is in no zip of {folder}")


def vacancies(folder: Path) -> list[dict[str, Any]]:
    """An occupation each, as a vacancy that names its skills and nothing else; `group` is its ISCO group."""
    found = {
        row["conceptUri"]: {"id": row["conceptUri"], "group": row["iscoGroup"], "essential": [], "useful": []}
        for row in rows(folder, "occupations_en.csv")
    }
    for row in rows(folder, "occupationSkillRelations.csv"):
        need = "essential" if row["relationType"] == "essential" else "useful"
        # A few relations name a concept that is no occupation.
        if row["occupationUri"] in found:
            found[row["occupationUri"]][need].append(row["skillUri"])
    return list(found.values())


def cases(occupations: list[dict[str, Any]], skills: int, noise: int, seed: int) -> list[dict[str, Any]]:
    """One profile for each occupation of ISCO groups 5 to 9 that names enough essential skills."""
    random = Random(seed)
    everything = sorted({skill for each in occupations for skill in each["essential"] + each["useful"]})
    return [
        {
            "id": each["id"],
            "profile": {"skills": _profile(random, each, everything, skills, noise)},
            "relevant": [each["id"]],
        }
        for each in occupations
        if each["group"][0] in GROUPS and len(each["essential"]) >= FEWEST
    ]


def _profile(
    random: Random, occupation: dict[str, Any], everything: list[str], skills: int, noise: int
) -> list[str]:
    essential, useful = occupation["essential"], occupation["useful"]
    # Where an occupation has too few optional skills, essential ones stand in for them.
    optional = min(skills - round(ESSENTIAL_SHARE * skills), len(useful))
    own = random.sample(essential, skills - optional) + random.sample(useful, optional)
    known = {*essential, *useful}
    foreign: list[str] = []
    while len(foreign) < noise:
        skill = random.choice(everything)
        if skill not in known and skill not in foreign:
            foreign.append(skill)
    return own + foreign


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--skills", type=int, default=6)
    parser.add_argument("--noise", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    found = vacancies(told.folder)
    made = cases(found, told.skills, told.noise, told.seed)
    for name, lines in (("V.jsonl", found), ("C.jsonl", made)):
        (told.out / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    print(f"{len(found)} vacancies, {len(made)} cases in {told.out}")


if __name__ == "__main__":
    main()
