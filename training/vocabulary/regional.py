"""Words of regional languages, read as Indonesian ones: "ngingu wedhus" is about keeping goats."""

import re
from collections.abc import Container
from functools import cache

from training.vocabulary.reading import FOLDER, parse

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def in_indonesian(text: str, known: Container[str]) -> str:
    """The text with its regional words in Indonesian; `known` words are left, for they are names here already."""

    def read(found: re.Match[str]) -> str:
        word = found[0].lower()
        return found[0] if word in known else regional_words().get(word, found[0])

    return WORD.sub(read, text)


@cache
def regional_words() -> dict[str, str]:
    """Word to Indonesian. Where languages differ the first in the file counts."""
    words: dict[str, str] = {}
    for language in parse(FOLDER / "regional.toml").values():
        words = {**language, **words}
    return words
