"""How many texts are answered right, and how surely."""

from collections.abc import Callable, Sequence

from training.bench.labelled import Kind, Labelled
from training.vocabulary.resolving import Candidate

Answer = tuple[list[str], bool]
"""Entry ids best first, and whether the first is sure."""
Answering = Callable[[str], Answer]


def scores(cases: Sequence[Labelled], answering: Answering) -> dict[str, float]:
    """hit@1, hit@5 and the share "not sure" over the texts that name an entry; hit@1 among all that were answered surely.

    Where a text names nothing of ours, or only a word that several share, saying anything else surely is wrong.
    """
    answers = {case.text: answering(case.text) for case in cases}
    named = [case for case in cases if case.ids and case.kind is not Kind.AMBIGUOUS]
    sure = [case for case in cases if answers[case.text][1]]

    def hits(among: Sequence[Labelled], first: int) -> int:
        return sum(not set(answers[case.text][0][:first]).isdisjoint(case.ids) for case in among)

    return {
        "texts": len(cases),
        "hit@1": _share(hits(named, 1), len(named)),
        "hit@5": _share(hits(named, 5), len(named)),
        "not_sure": _share(sum(not answers[case.text][1] for case in named), len(named)),
        "hit@1_sure": _share(hits(sure, 1), len(sure)),
    }


def answering(resolve: Callable[[str], list[Candidate]]) -> Answering:
    """A resolver's candidates as an answer; it is sure when its first candidate is."""

    def answer(text: str) -> Answer:
        found = resolve(text)
        return [each.id for each in found], bool(found) and found[0].sure

    return answer


def _share(part: int, whole: int) -> float:
    return round(part / max(1, whole), 4)
