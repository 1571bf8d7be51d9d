"""The blind card an employer sees of a client, and the identity it sees after an invitation.

What may stand on a card is listed here and nowhere else (DOMAIN 4.3). A certificate's issuer and an employer of the past
never do: some of them tell why somebody has a caseworker.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from jobs import applications, matches
from jobs.index.port import Document
from jobs.matching.reading import profile_of
from jobs.tables import Application, State
from jobs.words import EDUCATION
from portal.disclosure import discloses, name_parts, without_contacts
from portal.html import on
from portal.places import regions
from portal.tables import Client
from training import profiles
from training.profiles import Whole
from training.vocabulary import vocabulary

OTHER_WORK = "pekerjaan lain"
# "Operator jahit di PT Contoh": what follows names a place or an employer, and the trade is what counts.
EMPLOYER_FOLLOWS = re.compile(
    r"\s*[,(/–-]?\s*\b(?:(?i:di|pada|milik|punya|PT|CV|UD|PD|TB|Yayasan|Koperasi)\b"
    r"|(?:Toko|Warung|RM|Bengkel|Salon|Kafe|Hotel)\s+[A-Z]).*"
)
LOOSE_END = re.compile(r"\s*(?:\b(?:di|dari|oleh|pada)\b|[(,–-])\s*\)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a candidate is, once they are invited: a name and how to reach them, and nothing else."""

    name: str
    phone: str | None
    email: str | None


async def card_of(client: Client, vacancy: Document, whole: Whole | None = None) -> dict[str, Any]:
    """What the employer of this vacancy would see of the client, as JSON: the whole allow-list.

    Keys: `reasons` (icon, text, lacks, bars), `experience` and `certificates` and `licences` (texts), `education`,
    `home` (the regency's name) and `available` (text or None). `whole` is the profile if it is at hand.
    """
    whole = whole or await profiles.of_client(client.id)
    private = await _private_words(client)
    home = regions().get(client.region or "")
    certificates = _certificates(whole, private)
    reasons = [asdict(each) for each in matches.explain_for_card(profile_of(client, whole), vacancy)]
    known = vocabulary().licences
    return {
        "reasons": [
            {**each, "bars": list(each["bars"]) if each["bars"] else None}
            for each in reasons
            # A paper is said once, by its own title where there is one.
            if not discloses(each["text"]) and not (certificates and each["icon"] == "award")
        ],
        "experience": _experience(whole, private),
        "certificates": certificates,
        "licences": [known[id].label for id in whole.licences or () if id in known],
        "education": EDUCATION.get(whole.education) if whole.education else None,
        "home": home.name if home else None,
        "available": available(whole.available_from),
    }


def available(from_day: date | None) -> str | None:
    """When the client can begin, as their profile says: a day to come, or at once; None if nobody asked."""
    if from_day is None:
        return None
    return "segera" if from_day <= date.today() else on(from_day)


def fingerprint(card: Mapping[str, Any]) -> str:
    """The same for the same card, so that what is sent is what was read."""
    return hashlib.sha256(json.dumps(card, sort_keys=True).encode()).hexdigest()[:16]


async def identity_of(application: Application) -> Identity | None:
    """Who the candidate is; None in every state but those after an invitation.

    The caller has looked the application up through `applications.visible_to`, which keeps it from other employers.
    """
    if State(application.state) not in applications.IDENTIFIED:
        return None
    [row] = await Client.select(Client.person._.name, Client.person._.phone, Client.person._.email).where(
        Client.id == application.client
    )
    return Identity(row["person.name"], row["person.phone"], row["person.email"])


def duration(months: int) -> str:
    """1 tahun 4 bulan"""
    years, rest = divmod(months, 12)
    return " ".join(filter(None, (f"{years} tahun" if years else "", f"{rest} bulan" if rest else "")))


def _experience(whole: Whole, private: Sequence[str]) -> list[str]:
    """Work by trade, longest first, whoever paid for it: `1 tahun 4 bulan, tukang las`."""
    months: dict[str, int] = {}
    for row in whole.experience:
        known = vocabulary().occupations.get(row["occupation"] or "")
        trade = known.label if known else EMPLOYER_FOLLOWS.sub("", row["title"])
        trade = _safe(trade, private) or OTHER_WORK
        trade = trade[:1].lower() + trade[1:] if trade[1:2].islower() else trade
        months[trade] = months.get(trade, 0) + row["months"]
    longest = sorted(months, key=lambda trade: -months[trade])
    return [f"{duration(months[trade])}, {trade}" for trade in longest]


def _certificates(whole: Whole, private: Sequence[str]) -> list[str]:
    """Papers still in force, by title and scheme: `Las SMAW 3G (LSP Las)`. A title that discloses is left out."""
    texts = []
    for row in whole.certificates:
        if row["expires_on"] and row["expires_on"] < date.today():
            continue
        named = _any_of([row["issuer"]])
        title = LOOSE_END.sub("", named.sub("", row["title"])) if named else row["title"]
        title, scheme = _safe(title, private), _safe(row["scheme"], private)
        if title:
            texts.append(f"{title} ({scheme})" if scheme else title)
    return texts


def _safe(text: str, private: Sequence[str]) -> str:
    """Free text as it may stand on a card: without contacts, and empty if it names anybody or discloses anything."""
    text = without_contacts(text)
    named = _any_of(private)
    return "" if discloses(text) or (named and named.search(text)) else text


def _any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    """Finds any of these words or phrases as a whole; None where there are none."""
    some = "|".join(re.escape(word.strip()) for word in words if len(word.strip()) >= 3)
    return re.compile(rf"(?<!\w)(?:{some})(?!\w)", re.IGNORECASE) if some else None


async def _private_words(client: Client) -> list[str]:
    """What no free text on this client's card may hold: their name, their caseworker's, their office and their village."""
    [row] = await Client.select(
        Client.person._.name.as_alias("name"),
        Client.caseworker._.name.as_alias("caseworker"),
        Client.office._.name.as_alias("office"),
    ).where(Client.id == client.id)
    return [*name_parts(row["name"]), *name_parts(row["caseworker"]), row["office"], client.locality or ""]
