"""Work that is known not to be in the vocabulary: "aktuaris asuransi" comes near to an insurance agent and is none."""

from collections.abc import Mapping, Sequence
from functools import cache

from training.vocabulary.reading import FOLDER, parse
from training.vocabulary.spelling import plain


def leads_elsewhere(words: Sequence[str], names: Mapping[str, str]) -> bool:
    """Whether plain words begin with such a name, and with no longer name among ours (`names`)."""
    for length in range(len(words), 0, -1):
        begun = " ".join(words[:length])
        if begun in names:
            return False
        if begun in elsewhere():
            return True
    return False


@cache
def elsewhere() -> frozenset[str]:
    return frozenset(plain(name) for name in parse(FOLDER / "elsewhere.toml")["names"])
