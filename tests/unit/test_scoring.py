"""How `portal bench vocabulary` counts, and that the resolver keeps its level on the half that may be looked at."""

from portal.commands.bench.words import levels
from training.bench.labelled import Half, Kind, Labelled, of_half, titles
from training.bench.scoring import answering, scores
from training.vocabulary.meant import occupations_meant

CASES = [
    Labelled("las", ("tukang-las",), Kind.PLAIN),
    Labelled("kasir", ("kasir-toko",), Kind.PLAIN),
    Labelled("montir", ("mekanik-motor", "mekanik-mobil"), Kind.AMBIGUOUS),
    Labelled("aktuaris", (), Kind.NONE),
]


def test_a_sure_answer_to_what_names_nothing_is_wrong() -> None:
    answers = {
        "las": (["tukang-las"], True),
        "kasir": (["pramuniaga", "kasir-toko"], False),
        "montir": (["mekanik-motor"], False),
        "aktuaris": (["agen-asuransi"], True),
    }
    figures = scores(CASES, answers.__getitem__)
    assert figures == {"texts": 4, "hit@1": 0.5, "hit@5": 1.0, "not_sure": 0.5, "hit@1_sure": 0.5}


def test_a_level_that_is_missed_is_said_to_be() -> None:
    ours = {"hit@1": 0.91, "hit@5": 1.0, "not_sure": 0.16, "hit@1_sure": 0.96}
    judged = levels({"resolver": ours, "embedding": {"hit@1": 0.92}})
    assert {name: each["met"] for name, each in judged.items()} == {
        "hit@1": True,
        "hit@1_sure": False,
        "not_sure": False,
        "above_baselines": False,
    }


def test_the_resolver_keeps_its_level_on_the_development_half() -> None:
    some = of_half(titles(), Half.DEVELOPMENT)[::4]
    figures = scores(some, answering(occupations_meant))
    assert figures["hit@1"] >= 0.92 and figures["hit@1_sure"] >= 0.97 and figures["not_sure"] <= 0.15
