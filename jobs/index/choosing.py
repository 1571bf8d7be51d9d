"""Which suggestions are shown of those that would fit: some of each kind, the most useful first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from jobs.index.port import Suggestion
from jobs.index.suggestions import Found
from jobs.index.words import words

SHARES = {"occupation": 4, "skill": 2, "place": 2, "employer": 2, "title": 2}
"""How many of each kind, in this order; a trade says most in the fewest letters."""
CONSIDERED = 24


def is_called(name: str, given: list[str]) -> bool:
    """Whether a title or an employer holds the words, the last one as a beginning."""
    known = words(name)
    return all(word in known for word in given[:-1]) and any(word.startswith(given[-1]) for word in known)


def chosen(
    considered: Sequence[Found], offered: Mapping[str, int], called: Mapping[str, Counter[str]]
) -> Iterator[Suggestion]:
    """`offered`: vacancies behind a mark; `called`: employers and titles with how many vacancies."""
    said: set[str] = set()
    for kind, share in SHARES.items():
        if kind in called:
            suggestions = [Suggestion(name, kind) for name, _ in called[kind].most_common(2 * share)]
        else:
            # Where two names begin alike, the one with more vacancies behind it helps more.
            fitting = [each for each in considered if each.name.suggestion.kind == kind]
            fitting.sort(key=lambda each: (each.rank[0], -offered.get(each.name.mark, 0), each.rank))
            suggestions = [each.name.suggestion for each in fitting]
        fresh = [each for each in suggestions if each.text.casefold() not in said][:share]
        said |= {each.text.casefold() for each in fresh}
        yield from fresh
