"""Marks stand where the words stand, whatever is folded on the way to them."""

from hypothesis import given
from hypothesis import strategies as st

from jobs.index.marking import LONGEST, mark, snippet
from jobs.index.port import Marked


def meets(word: str) -> bool:
    return word in {"las", "kafe", "ac"}


def shown(found: Marked | None) -> list[str]:
    return [found.text[start:end] for start, end in found.marks] if found else []


def test_words_are_marked_as_they_are_written() -> None:
    assert shown(mark("Kafé LAS las-smaw, kelas", meets)) == ["Kafé", "LAS", "las"]
    assert mark("Kasir", meets) == Marked("Kasir")


def test_a_name_of_the_trade_is_marked_as_a_whole_only() -> None:
    names = [("ojek", "daring"), ("ojol",)]
    assert shown(mark("Pengemudi Ojek Daring / ojol", meets, names)) == ["Ojek", "Daring", "ojol"]
    assert shown(mark("Ojek pangkalan", meets, names)) == []


def test_a_snippet_is_the_piece_around_the_first_word() -> None:
    text = "Dibutuhkan segera. " * 20 + "Bisa las listrik. " + "Gaji UMR. " * 40
    found = snippet(text, meets)
    assert found and shown(found) == ["las"] and found.text.startswith("… ") and found.text.endswith(" …")
    assert len(found.text) <= LONGEST + 4
    assert snippet("Tidak ada apa-apa", meets) is None


@given(st.text(max_size=400))
def test_marks_are_in_order_and_inside_the_text(text: str) -> None:
    for found in (mark(text, str.isalpha), snippet(text, str.isalpha)):
        ends = [place for span in (found.marks if found else ()) for place in span]
        assert ends == sorted(ends) and all(0 <= place <= len(found.text) for place in ends if found)
