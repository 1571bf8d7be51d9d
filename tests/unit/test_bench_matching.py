"""The figures of `portal bench matching`: what is compared with what, and which levels are held."""

from portal.commands.bench.matching import beside, levels


def at(p50, kept=1.0):
    return {"indexes": {"postgres": {"p50": p50, "kept": kept}}}


def test_what_an_index_kept_is_told_beside_a_pass_over_everything():
    found = beside({"p50": 20.0, "queries": 3, "top_ten": [9.0, 4.0, 0.0]}, [9.0, 5.0, 0.0], 10.0)
    assert found == {"p50": 20.0, "queries": 3, "kept": round(13 / 14, 5), "worst_kept": 0.8, "ratio": 2.0}


def test_levels_are_held_where_they_were_measured():
    assert levels({"1000": at(99)}) == {}
    held = levels({"10000": at(10), "100000": at(29, 0.994), "1000000": at(41)})
    assert {name: level["met"] for name, level in held.items()} == {
        "postgres_p50": True,
        "postgres_kept": False,
        "postgres_growth": False,
    }
