"""What any vacancy index can do. Nothing reads vacancies for search or matching but through this."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class Document:
    """All that search, lists and matching need to know of one published vacancy; nothing about a person."""

    id: int
    title: str
    employer: str
    description: str
    occupation: str | None
    """Occupation id of the vocabulary."""
    isco: str | None
    region: str | None
    """Kemendagri code, "32.01"."""
    locality: str | None
    latitude: float | None
    longitude: float | None
    """Of the finer place where given, else of the region."""
    employment_type: str | None
    hours: str
    work_times: tuple[str, ...] | None
    wage_min: int | None
    wage_max: int | None
    """Rupiah a month; both None when the employer does not show them."""
    education: int | None
    experience_months: int
    essential: tuple[str, ...]
    useful: tuple[str, ...]
    licences: tuple[str, ...]
    positions: int
    """Still to be taken, as far as the portal knows."""
    way: str
    source: str
    published_at: datetime
    closes_on: date | None
    skck: str
    skbn: str

    @property
    def skills(self) -> tuple[str, ...]:
        """Essential ones first."""
        return self.essential + self.useful


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    NEAREST = "nearest"
    WAGE = "wage"
    FIT = "fit"
    """How well it fits a client, whom no index knows: `jobs.fitting` asks an index for another order."""


@dataclass(frozen=True)
class Query:
    """What somebody looks for. Empty values do not narrow."""

    text: str = ""
    exact: bool = False
    """Take the words as they are typed, mending nothing."""
    region: str | None = None
    """A regency ("32.01") or a whole province ("32")."""
    radius_km: int | None = None
    """Everything within this of the region, or of the origin where no region is named."""
    origin: tuple[float, float] | None = None
    """Latitude and longitude from which distances are told and sorted; else the regency's centre."""
    types: frozenset[str] = frozenset()
    education: int | None = None
    """The applicant's level: vacancies that ask for no more."""
    wage_min: int | None = None
    """Rupiah a month: vacancies whose shown wage reaches it."""
    skills: frozenset[str] = frozenset()
    """Ids: vacancies that ask for at least one."""
    licences: frozenset[str] = frozenset()
    """Ids: vacancies that ask for at least one."""
    novice: bool = False
    """Vacancies that ask for no experience."""
    work_times: frozenset[str] = frozenset()
    """Parts of the day: vacancies that say at least one of them."""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True)
class Marked:
    """A text, and where in it stands what was asked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """Start and end of each place in characters, in order, none inside another."""


@dataclass(frozen=True)
class Hit:
    document: Document
    distance_km: float | None
    title: Marked | None = None
    """The title with the words that were asked for; None where there were no words."""
    snippet: Marked | None = None
    """The piece of the description around the words that were asked for; None where it holds none of them, or the
    title holds some."""


@dataclass(frozen=True)
class Result:
    hits: Sequence[Hit]
    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    """Counts under all the other filters, keyed `region` (code; radius counts as part of it), `type`, `education`
    (level asked, "0" for none)."""
    corrected: str | None = None
    """The text as it was understood, where a word was mended: "tukang las" for "tukng las"."""
    at_least: bool = False
    """There are more than `total`, which is where counting stopped; facets are then counted over so many."""
    relaxed: bool = False
    """No vacancy holds every word, and these hold most of them."""


@dataclass(frozen=True)
class Wanted:
    """What matching retrieves with: codes of a profile, and no id of anybody."""

    skills: frozenset[str] = frozenset()
    iscos: frozenset[str] = frozenset()
    """Four-digit groups the person has worked in or would like; neighbours in the same three digits come too."""
    origin: tuple[float, float] | None = None
    reach_km: float | None = None
    hours: frozenset[str] | None = None
    """Parts of the day the person can work; vacancies with none of them are left out."""
    licences: frozenset[str] | None = None
    """Those the person has; vacancies for which the law demands another come behind their equals."""
    telling: Mapping[str, float] = field(default_factory=dict)
    """How much each skill alone adds to L / tau (docs/matching.md), for an index that orders what it finds by it."""
    limit: int = 150


@dataclass(frozen=True)
class Suggestion:
    text: str
    kind: str
    """`occupation`, `skill`, `place`, `employer` or `title`."""
    detail: str = ""
    """What stands behind a trade word: "pengemudi ojek daring" for "ojol"."""


@dataclass(frozen=True)
class Health:
    name: str
    ok: bool
    documents: int = 0
    current: bool = True
    """False while documents are still written with the words of another vocabulary; a rebuild mends it."""
    detail: str = ""


class Searchable(Protocol):
    """What pages and matching ask."""

    async def search(self, query: Query) -> Result:
        """Never raises for what people typed. Pages have no doubles and no gaps while the index does not change."""

    async def count(self, queries: Sequence[Query]) -> list[int]:
        """How many each would find, in one round trip; for the choices a page offers."""

    async def candidates(self, wanted: Wanted) -> list[Hit]:
        """What matching scores, most shared skills first; descriptions are left empty, because nobody scores them."""

    async def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        """What the words may become, trades first."""

    async def health(self) -> Health: ...


class VacancyIndex(Searchable, Protocol):
    """Implementations: `jobs.index.postgres` and `jobs.index.meilisearch`, behind the same tests."""

    async def upsert(self, documents: Iterable[Document]) -> None: ...

    async def remove(self, ids: Iterable[int]) -> None:
        """Forgets them; ids that are not there are nothing wrong."""

    async def rebuild(self, documents: AsyncIterator[Sequence[Document]]) -> int:
        """Replaces everything, without a moment in which searches find less; returns how many documents."""

    async def settle(self) -> None:
        """What may follow a rebuild once it is in use; never raises."""

    async def hashes(self) -> dict[int, str]:
        """The content hash (`jobs.index.documents.content_hash`) of every document it holds, by id."""
