"""The roots an Indonesian word may have, formal or as people type it: "ngelas", "mengelas" and "las" share "las"."""

from functools import lru_cache

# Prefixes with what they may have swallowed: meN- and peN- turn p, t, k and s of the root into a nasal, and the informal
# N- does so alone ("motong" from potong, "nyapu" from sapu, "ngecat" from cat).
PREFIXES = (
    ("meng", ("", "k")),
    ("meny", ("s",)),
    ("mem", ("", "p")),
    ("men", ("", "t")),
    ("me", ("",)),
    ("peng", ("", "k")),
    ("peny", ("s",)),
    ("pem", ("", "p")),
    ("pen", ("", "t")),
    ("pe", ("",)),
    ("nge", ("",)),
    ("ng", ("", "k")),
    ("ny", ("s", "c")),
    ("n", ("t",)),
    ("m", ("p",)),
    ("ber", ("",)),
    ("ter", ("",)),
    ("di", ("",)),
    ("ke", ("",)),
    ("se", ("",)),
)
SUFFIXES = ("kan", "in", "an", "i", "nya", "ke")
SHORTEST = 3


@lru_cache(maxsize=50_000)
def roots(word: str) -> frozenset[str]:
    """The word and every shorter form of at least three letters that it may come from."""
    found = {word}
    for prefix, swallowed in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST:
            found |= {letter + word[len(prefix) :] for letter in swallowed}
    for form in tuple(found):
        found |= {
            form[: -len(end)] for end in SUFFIXES if form.endswith(end) and len(form) - len(end) >= SHORTEST
        }
    return frozenset(found)
