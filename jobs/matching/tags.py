"""What kind of place or hour a vacancy stands for, where some people would rather stay away. Pure.

A small reviewed table, not a classifier: each line was read and can be argued with. It decides what a client who asked
for it does not see; it refuses nothing to anybody, and no employer is told (DOMAIN 2.4, last lines).
"""

import re

from jobs.matching.facts import Hours
from jobs.tables import Avoided

# Whole words or phrases, and occupations of the vocabulary. A bar serves alcohol; a barista pours coffee.
WORDS: dict[Avoided, str] = {
    Avoided.NIGHTLIFE: r"""
        karaoke | hiburan\ malam | klub\ malam | kelab\ malam | night\ ?club | diskotek | discotheque | clubbing | pub
        | lounge | executive\ club | pemandu\ lagu | ladies\ companion | DJ | disc\ jockey | bar(?!\ (?:code|bell|ista))
        | beach\ club | sports?\ bar | biliar\ malam
    """,
    Avoided.ALCOHOL: r"""
        beralkohol | minuman\ keras | miras | minol | bir | beer | wine | anggur\ merah | whisky | whiskey | vodka | sake | soju
        | koktail | cocktails? | bartender | mixologist | barback | bar(?!\ (?:code|bell|ista)) | pub | beach\ club
    """,
    Avoided.NIGHT_SHIFT: r"""
        (?:sif|shift|kerja|jaga|dinas)\ malam | (?:sif|shift)\ (?:3|III|tiga) | malam\ hari | (?:3|tiga)\ (?:sif|shift)
    """,
}
OCCUPATIONS: dict[Avoided, frozenset[str]] = {
    Avoided.NIGHTLIFE: frozenset({"bartender"}),
    Avoided.ALCOHOL: frozenset({"bartender"}),
    Avoided.NIGHT_SHIFT: frozenset({"penjaga-malam"}),
}
# "Tidak menjual minuman beralkohol" says the opposite; so many words before the one found may turn it round.
TURNED_ROUND = re.compile(
    r"\b(?:tidak|tanpa|bebas|bukan|non|dilarang|larangan|no)(?:\s+\w+){0,3}\W*$", re.IGNORECASE
)
_FOUND = {
    tag: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE | re.VERBOSE) for tag, words in WORDS.items()
}


def tags_of(text: str, occupation: str | None, hours: tuple[str, ...] | None) -> frozenset[Avoided]:
    """The tags of a vacancy: from its words (title, employer, description), its occupation and its parts of the day."""
    tags = {tag for tag, occupations in OCCUPATIONS.items() if occupation in occupations}
    if hours and Hours.NIGHT in hours:
        tags.add(Avoided.NIGHT_SHIFT)
    for tag, pattern in _FOUND.items():
        if tag not in tags and any(
            not TURNED_ROUND.search(text[max(0, found.start() - 60) : found.start()])
            for found in pattern.finditer(text)
        ):
            tags.add(tag)
    return frozenset(tags)
