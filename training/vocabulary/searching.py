"""Finds entries while somebody is still typing, and those near to what the vocabulary does not know."""

from collections.abc import Iterable

from training.vocabulary import resolving
from training.vocabulary.reading import Occupation, Skill, vocabulary, while_words_last
from training.vocabulary.spelling import plain

NEAR = 4
"""So many near labels are offered for a word; more would be a search result."""


@while_words_last
def skills_like(text: str, limit: int = 8) -> tuple[Skill, ...]:
    """Skills with a name that begins with the text, then has it inside; else those spelt like it. Best first."""
    wanted = plain(text[: resolving.LONGEST_TEXT])
    if not wanted:
        return ()
    words = vocabulary()
    begun = [id for name, id in words.skill_names.items() if name.startswith(wanted)]
    inside = [id for name, id in words.skill_names.items() if f" {wanted}" in name]
    # Spelling is guessed at only where nothing is found: beside what was meant, "kusir" for "kasir" is noise.
    alike = [] if begun or inside else [each.id for each in resolving.skills().resolve(text)]
    return _skills([*begun, *inside, *alike], limit)


@while_words_last
def occupations_like(text: str, limit: int = 8) -> tuple[Occupation, ...]:
    """The same for occupations; a word that several share begins all of them."""
    wanted = plain(text[: resolving.LONGEST_TEXT])
    if not wanted:
        return ()
    words = vocabulary()
    names = [*words.occupation_names.items()]
    names += [(plain(word), each.id) for each in words.occupations.values() for word in each.ambiguous]
    begun = [id for name, id in names if name.startswith(wanted)]
    inside = [id for name, id in names if f" {wanted}" in name]
    alike = [] if begun or inside else [each.id for each in resolving.occupations_for(text)]
    known = (words.occupations[id] for id in dict.fromkeys([*begun, *inside, *alike]))
    return tuple(each for each in known if not each.retired)[:limit]


def said(entry: Occupation | Skill, text: str) -> str:
    """The entry with the name that the text begins, where that is not its label: "ojol: pengemudi ojek daring"."""
    wanted = plain(text)
    if not wanted or f" {wanted}" in f" {plain(entry.label)}":
        return entry.label
    name = next((alias for alias in entry.aliases if f" {wanted}" in f" {plain(alias)}"), "")
    label = entry.label
    lower = label[:1].lower() + label[1:] if label[1:2].islower() else label
    return f"{name}: {lower}" if name else label


def without_meant(typed: Iterable[str], ticked: Iterable[Occupation | Skill]) -> list[str]:
    """The words that a ticked entry does not explain: whoever types "las" and ticks "Las SMAW" has said it once."""
    names = [f" {plain(name)}" for entry in ticked for name in (entry.label, *entry.aliases)]
    ambiguous = [f" {plain(name)}" for entry in ticked for name in getattr(entry, "ambiguous", ())]
    return [word for word in typed if not any(f" {plain(word)}" in name for name in (*names, *ambiguous))]


@while_words_last
def near_skills(word: str) -> tuple[Skill, ...]:
    """What somebody may have meant by a word that is no skill's name. A trade's name stands for what it needs most."""
    near = [each.id for each in resolving.skills().resolve(word, NEAR)]
    trade = vocabulary().occupation_named(word)
    return _skills([*near, *(trade.essential if trade else ())], NEAR)


@while_words_last
def near_occupations(title: str) -> tuple[Occupation, ...]:
    """What trade somebody may have meant."""
    words = vocabulary()
    near = (words.occupations[each.id] for each in resolving.occupations().resolve(title, NEAR))
    return tuple(each for each in near if not each.retired)


def tell_skills(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """The ids of the skills that the words surely mean, and the words nobody knows, both in their order."""
    known, unknown = [], []
    for word in words:
        skill = vocabulary().skill_named(word) or resolving.skill_of(word)
        known.append(skill.id) if skill and not skill.retired else unknown.append(word)
    return known, unknown


def tell_occupations(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """The same for occupations."""
    known, unknown = [], []
    for word in words:
        occupation = vocabulary().occupation_named(word) or resolving.occupation_of(word)
        known.append(occupation.id) if occupation and not occupation.retired else unknown.append(word)
    return list(dict.fromkeys(known)), unknown


def _skills(ids: list[str], limit: int) -> tuple[Skill, ...]:
    known = (vocabulary().skills[id] for id in dict.fromkeys(ids) if id in vocabulary().skills)
    return tuple(skill for skill in known if not skill.retired)[:limit]
