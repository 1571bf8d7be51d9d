"""Marks stand where the words stand, whatever is folded on the way to them."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from jobs.index.marking import LONGEST, Marker
from jobs.index.port import Marked


@dataclass(frozen=True)
class Asked:
    word: str
    opens: bool = False


WORDS = Marker([Asked("las"), Asked("kafe"), Asked("ac")])


def shown(found: Marked | None) -> list[str]:
    return [found.text[start:end] for start, end in found.marks] if found else []


def test_words_are_marked_as_they_are_written() -> None:
    assert shown(WORDS.title("Kafé LAS las-smaw, kelas")) == ["Kafé", "LAS", "las"]
    assert WORDS.title("Kasir") == Marked("Kasir")


def test_other_forms_of_a_word_are_marked_and_so_is_what_begins_with_an_open_one() -> None:
    assert shown(Marker([Asked("jahitan")]).title("Menjahit kemeja")) == ["Menjahit"]
    assert shown(Marker([Asked("pramu", opens=True)]).title("Pramusaji dan kasir")) == ["Pramusaji"]


def test_without_words_nothing_is_marked() -> None:
    assert Marker([]).title("Kasir") is None and Marker([]).snippet("Kasir") is None


def test_a_snippet_is_the_piece_around_the_first_word() -> None:
    text = "Dibutuhkan segera. " * 20 + "Bisa las listrik. " + "Gaji UMR. " * 40
    found = WORDS.snippet(text)
    assert found and shown(found) == ["las"] and found.text.startswith("… ") and found.text.endswith(" …")
    assert len(found.text) <= LONGEST + 4
    assert WORDS.snippet("Tidak ada apa-apa") is None


@given(
    st.text(max_size=400), st.text(alphabet=st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=3)
)
def test_marks_are_in_order_and_inside_the_text(text: str, word: str) -> None:
    marker = Marker([Asked(word, opens=True)])
    for found in (marker.title(text), marker.snippet(text)):
        ends = [place for span in (found.marks if found else ()) for place in span]
        assert ends == sorted(ends) and all(0 <= place <= len(found.text) for place in ends if found)
