"""Documents as lines of PostgreSQL's COPY, and the count of every word in them."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import asyncpg
import msgspec

from jobs.index.port import Document
from jobs.index.postgres.codes import MOST, codes
from jobs.index.words import all_of, facts_of, head_of, trade_of

COLUMNS = [
    *("id", "region", "employment_type", "education", "isco", "wage_top", "latitude", "longitude"),
    *("published_at", "closes_on", "title", "employer", "skills", "work_times", "licences"),
    *("head", "words", "facts", "description"),
]
STEMS = "SELECT word, (ts_lexize('indonesian_stem', word))[1] AS stem FROM unnest($1::text[]) AS word"


class Lines:
    """Makes lines of documents. Remembers the stems it has asked for, and counts words for `vacancy_word`."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        """`connection`: to ask for stems by; not the one that lines are being sent by."""
        self._connection = connection
        self._lexemes: dict[str, str] = {}
        """word -> itself and its stem, as tsvector text."""
        self.documents: Counter[str] = Counter()
        self.heads: Counter[str] = Counter()

    async def of(self, documents: Sequence[Document]) -> bytes:
        """The lines of one COPY; worked out in a thread, so that the one before can be sent meanwhile."""
        said = await asyncio.to_thread(_said, documents)
        fresh = {word for words, _ in said for word in words if word not in self._lexemes}
        if fresh:
            for word, stem in await self._connection.fetch(STEMS, list(fresh)):
                self._lexemes[word] = f"'{word}' 's:{stem}'" if stem and stem != word else f"'{word}'"
        return await asyncio.to_thread(self._lines, documents, said)

    def _lines(self, documents: Sequence[Document], said: Sequence[tuple[list[str], list[str]]]) -> bytes:
        lines = [self._line(document, *words) for document, words in zip(documents, said, strict=True)]
        return "".join(lines).encode()

    def _line(self, document: Document, words: list[str], head: list[str]) -> str:
        named = trade_of(document)
        trade = [f"o:{named}"] if named else []
        marks = [*trade, *(f"k:{skill}" for skill in document.skills), *facts_of(document)]
        self.documents.update(words)
        self.documents.update((*marks, *filter_marks(document)))
        self.heads.update((*head, *trade))
        fields = (
            document.id,
            document.region,
            document.employment_type,
            document.education or 0,
            document.isco,
            document.wage_max or document.wage_min,
            document.latitude,
            document.longitude,
            document.published_at,
            document.closes_on or "infinity",
            _escaped(document.title),
            _escaped(document.employer),
            "{" + ",".join(map(str, codes(document.skills[:MOST]))) + "}",
            None if document.work_times is None else _array(document.work_times),
            _array(document.licences),
            self._vector(head, trade),
            self._vector(words, marks),
            _escaped(msgspec.json.encode(replace(document, description="")).decode()),
            _escaped(document.description),
        )
        return "\t".join(["\\N" if field is None else str(field) for field in fields]) + "\n"

    def _vector(self, words: Iterable[str], marks: Iterable[str]) -> str:
        known = self._lexemes
        return " ".join([*[known[word] for word in words], *[f"'{mark}'" for mark in marks]])


def filter_marks(document: Document) -> list[str]:
    """What filters narrow by, counted beside the words."""
    marks = [f"e:{document.education or 0}"]
    if document.region:
        marks.append(f"r:{document.region}")
    if document.employment_type:
        marks.append(f"t:{document.employment_type}")
    return marks


def _array(codes: Iterable[str]) -> str:
    quoted = [code.replace("\\", "\\\\").replace('"', '\\"') for code in codes]
    return _escaped("{" + ",".join([f'"{code}"' for code in quoted]) + "}")


def _escaped(text: str) -> str:
    """A backslash escapes in COPY's text format; everything else stands for itself."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def _said(documents: Sequence[Document]) -> list[tuple[list[str], list[str]]]:
    return [(all_of(document), head_of(document)) for document in documents]
