"""Brings the files into the database: inserts, changes, and never deletes, because ids never change."""

from portal.database import change, connection
from training.tables import Need
from training.vocabulary.reading import Vocabulary

RETIRE = """
UPDATE skill SET retired = true WHERE NOT local;
UPDATE occupation SET retired = true
"""
# A skill that was accepted here keeps its id; where the files have come to use its label, it gives way.
MAKE_ROOM = """
UPDATE skill SET label = label || ' (' || id || ')'
WHERE local AND id <> ALL ($1::varchar[]) AND label = ANY ($2::varchar[])
"""
SKILL = """
INSERT INTO skill (id, label, english, "group", aliases, skkni, retired) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO UPDATE SET label = $2, english = $3, "group" = $4, aliases = $5, skkni = $6, retired = $7,
    local = false
"""
OCCUPATION = """
INSERT INTO occupation (id, isco, kbji, label, english, about, aliases, licences, retired, kbji_edition)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO UPDATE SET isco = $2, kbji = $3, label = $4, english = $5, about = $6, aliases = $7,
    licences = $8, retired = $9, kbji_edition = $10
"""
LINK = "INSERT INTO occupation_skill (occupation, skill, need) VALUES ($1, $2, $3)"


async def load(words: Vocabulary) -> None:
    """Makes the tables say what the files say. What a file no longer names is retired; what was accepted here stays."""
    async with change(by=None):
        held = connection()
        await held.execute(RETIRE)
        await held.execute(MAKE_ROOM, list(words.skills), [skill.label for skill in words.skills.values()])
        await held.executemany(
            SKILL,
            [
                (s.id, s.label, s.english, s.group, s.aliases, s.skkni, s.retired)
                for s in words.skills.values()
            ],
        )
        await held.executemany(
            OCCUPATION,
            [
                (
                    o.id,
                    o.isco,
                    o.kbji,
                    o.label,
                    o.english,
                    o.about,
                    o.aliases,
                    o.licences,
                    o.retired,
                    o.kbji_edition,
                )
                for o in words.occupations.values()
            ],
        )
        await held.execute("DELETE FROM occupation_skill")
        await held.executemany(
            LINK,
            [
                (o.id, skill, need.value)
                for o in words.occupations.values()
                for need, skills in ((Need.ESSENTIAL, o.essential), (Need.USEFUL, o.useful))
                for skill in skills
            ],
        )
