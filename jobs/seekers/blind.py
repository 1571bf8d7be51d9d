"""Blind cards that a partner may look through for its own vacancy: an allow-list narrower than that of an application.

Nobody here has agreed to this employer yet, so a card holds no free text at all, no distance (cards for several workplaces
would add up to an address), experience in bands, and a home only as coarse as it takes for three cards to share it.
docs/candidates.md says what this does against recognition, and what it cannot do.
"""

from base64 import b32encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from jobs import seekers
from jobs.fairness.evening import evened
from jobs.index.port import Document
from jobs.matching.explanation import Reason, for_card
from jobs.matching.reading import labels
from jobs.seekers.ranking import Candidate
from jobs.seekers.reading import Known
from jobs.tables import JobInvitation
from jobs.words import EDUCATION
from portal.blinding import blinded
from portal.disclosure import discloses
from portal.html import MONTHS
from portal.people import Actor
from portal.places import regions
from training.vocabulary import vocabulary

FEWEST = 3
"""With fewer who fit and agreed, none is shown: in a pool of one or two a card is as good as a name."""
COUNTED = timedelta(days=30)
"""For so long a card that was invited counts among the `FEWEST`, whatever has become of its owner."""
LISTED = 20
HANDLE = 6
"""Letters: 30 bits, so that two of one vacancy hardly ever share them, and what is guessed finds nobody."""
BANDS = ((12, "kurang dari 1 tahun"), (36, "1 sampai 3 tahun"), (60, "3 sampai 5 tahun"))
LONGEST_BAND = "lebih dari 5 tahun"
SAYS_WHERE = frozenset({"pin"})
"""Icons of reasons that tell how far somebody lives."""


@dataclass(frozen=True, slots=True)
class Blind:
    """A card and what it is called on this vacancy's page; `client` never reaches a template."""

    handle: str
    client: int
    card: dict[str, Any]


def handle(vacancy: int, client: int) -> str:
    """The same for the same two for ever, and telling nothing: for another vacancy the same client has another one."""
    return b32encode(bytes.fromhex(blinded("blind card", vacancy, client)))[:HANDLE].decode()


async def cards(vacancy: Document, by: Actor) -> list[Blind]:
    """The cards this employer may look through for its vacancy, the best first; none where fewer than `FEWEST` would be.

    Those it has invited are closed and not among them, and no application is heeded: a card that left when an application
    came would tell whose it is. The caller has made sure that the vacancy is the employer's.
    """
    free = [each for each in await seekers.for_vacancy(vacancy, by, 3 * LISTED) if each.gap.fits]

    # Equals stand in the order of their codes, which tells nothing; ids would tell who registered first.
    def place(each: Candidate) -> tuple[float, str]:
        return -round(each.adjusted.match.score, 2), handle(vacancy.id, each.client)

    ordered, is_even = await evened(sorted(free, key=place), vacancy, by)
    found = ordered[:LISTED] if is_even else sorted(free[:LISTED], key=place)
    if len(found) + await _counted(vacancy.id) < FEWEST:
        return []
    homes = coarse_homes([each.known for each in found])
    return [
        Blind(
            handle(vacancy.id, each.client),
            each.client,
            card_of(each.known, for_card(each.adjusted.match, labels()), home),
        )
        for each, home in zip(found, homes, strict=True)
    ]


def card_of(client: Known, reasons: Sequence[Reason], home: str | None) -> dict[str, Any]:
    """The whole allow-list: `reasons`, `experience`, `licences` (texts), `education`, `home`, `available`."""
    whole, words = client.whole, vocabulary()
    return {
        "reasons": [
            each
            for each in reasons
            if each.icon not in SAYS_WHERE and not each.lacks and not discloses(each.text)
        ],
        "experience": _experience(client),
        "licences": [words.licences[id].label for id in whole.licences or () if id in words.licences],
        "education": EDUCATION.get(whole.education) if whole.education else None,
        "home": home,
        "available": _available(whole.available_from),
    }


def coarse_homes(clients: Sequence[Known]) -> list[str | None]:
    """The regency's name where `FEWEST` of these share it, else the province's where they share that, else nothing."""
    shared = Counter(code for each in clients if each.region for code in {each.region, each.region[:2]})
    names = []
    for each in clients:
        codes = (each.region, each.region[:2]) if each.region else ()
        code = next((code for code in codes if shared[code] >= FEWEST), None)
        names.append(regions()[code].name if code else None)
    return names


def _experience(client: Known) -> list[str]:
    """Trades of the vocabulary with the band their months fall in, longest first: `tukang las, 1 sampai 3 tahun`."""
    months: Counter[str] = Counter()
    for row in client.whole.experience:
        known = vocabulary().occupations.get(row["occupation"])
        if known and not discloses(known.label):
            months[known.label] += row["months"]
    return [
        f"{trade[:1].lower() if trade[1:2].islower() else trade[:1]}{trade[1:]}, {_band(many)}"
        for trade, many in months.most_common()
    ]


def _band(months: int) -> str:
    return next((band for below, band in BANDS if months < below), LONGEST_BAND)


def _available(from_day: date | None) -> str | None:
    """At once, or the month."""
    if from_day is None:
        return None
    return "segera" if from_day <= date.today() else f"{MONTHS[from_day.month - 1]} {from_day.year}"


async def _counted(vacancy: int) -> int:
    """Invitations that still count among the `FEWEST`: of the clock alone, so that no answer shows."""
    lately = JobInvitation.made_at >= datetime.now(UTC) - COUNTED
    return await JobInvitation.count().where((JobInvitation.vacancy == vacancy) & lately)
