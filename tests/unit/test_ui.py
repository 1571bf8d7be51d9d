"""The components: ids and pointers that belong together, words for people, and nothing typed that becomes markup."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from portal.clock import WITA
from portal.html import on

ROOT = Path(__file__).parents[2]
HOSTILE = """"><script>alert(1)</script>' onfocus='x"""
WRONG = {"wage": "Tulis dengan angka saja."}


def environment() -> Environment:
    made = Environment(
        loader=PrefixLoader({"portal": FileSystemLoader(ROOT / "portal" / "templates")}),
        autoescape=True,
        undefined=StrictUndefined,
    )
    made.globals["static"] = "/static/{}?v=1".format
    made.globals["ui"] = made.get_template("portal/ui.html").module
    return made


TEMPLATES = environment()
ui: Any = TEMPLATES.globals["ui"]


class Element(SimpleNamespace):
    tag: str
    attributes: dict[str, str | None]


class Reader(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.words: list[str] = []
        self.feed(str(markup))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"{tag} names an attribute twice"
        self.elements.append(Element(tag=tag, attributes=dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [element.attributes for element in self.elements if element.tag == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [str(element.attributes["id"]) for element in self.elements if "id" in element.attributes]

    def pointers(self) -> Iterator[str]:
        """Every id that something in the markup refers to."""
        for element in self.elements:
            for name in ("for", "aria-describedby", "aria-labelledby"):
                yield from (element.attributes.get(name) or "").split()
            href = element.attributes.get("href") or ""
            if element.tag == "a" and href.startswith("#"):
                yield href[1:]


def every_form_macro(typed: dict[str, Any], errors: dict[str, str]) -> dict[str, str]:
    options = [("a", "Satu"), ("b", "Dua")]
    return {
        "field": ui.field("wage", "Upah", typed, errors, help="Sebulan", before="Rp"),
        "area": ui.area("wage", "Upah", typed, errors, help="Sebulan"),
        "select": ui.select("wage", "Upah", options, typed, errors, help="Sebulan"),
        "radios": ui.choices("wage", "Upah", options, typed, errors, help="Sebulan", boxed=True),
        "boxes": ui.choices("wage", "Upah", options, typed, errors, help="Sebulan", kind="checkbox"),
        "picks": ui.choices(
            "wage", "Upah", options, typed, errors, help="Sebulan", kind="checkbox", picks=True
        ),
        "check": ui.check("wage", "Upah", typed, errors, help="Sebulan"),
    }


@pytest.mark.parametrize("name", every_form_macro({}, {}))
def test_a_wrong_field_points_to_its_help_and_its_error(name: str) -> None:
    read = Reader(every_form_macro({}, WRONG)[name])
    described = [e.attributes for e in read.elements if "aria-describedby" in e.attributes]
    assert [d["aria-describedby"] for d in described] == ["wage-help wage-error"]
    assert any(element.attributes.get("aria-invalid") == "true" for element in read.elements)
    assert "Tulis dengan angka saja." in read.text


@pytest.mark.parametrize("name", every_form_macro({}, {}))
def test_a_sound_field_shows_no_error(name: str) -> None:
    read = Reader(every_form_macro({}, {})[name])
    assert not any("aria-invalid" in element.attributes for element in read.elements)
    assert "wage-error" not in read.ids
    assert set(read.pointers()) <= set(read.ids)


@pytest.mark.parametrize("name", every_form_macro({}, {}))
def test_the_control_can_be_reached_by_its_name(name: str) -> None:
    """So that a link of the error summary lands on it."""
    read = Reader(every_form_macro({}, WRONG)[name])
    control = next(e for e in read.elements if e.attributes.get("id") == "wage")
    assert control.tag in ("input", "textarea", "select")
    assert len(set(read.ids)) == len(read.ids)


@pytest.mark.parametrize("name", every_form_macro({}, {}))
def test_what_was_typed_never_becomes_markup(name: str) -> None:
    typed = {"wage": HOSTILE}
    read = Reader(every_form_macro(typed, {"wage": HOSTILE})[name])
    assert read.all("script") == []
    assert not any(key.startswith("on") for element in read.elements for key in element.attributes)


def test_what_was_typed_comes_back_letter_for_letter() -> None:
    assert Reader(ui.field("a", "A", {"a": HOSTILE}, {})).all("input")[0]["value"] == HOSTILE
    assert HOSTILE in "".join(Reader(ui.area("a", "A", {"a": HOSTILE}, {})).words)


def test_a_password_is_never_given_back() -> None:
    assert (
        "value"
        not in Reader(ui.field("p", "Kata sandi", {"p": "rahasia"}, {}, type="password")).all("input")[0]
    )


def test_extra_attributes_reach_the_control() -> None:
    control = Reader(
        ui.field("a", "A", {}, {}, autocomplete="tel", hx_get="/x", maxlength=9, autofocus=True, list=None)
    )
    assert (
        control.all("input")[0].items()
        >= {"autocomplete": "tel", "hx-get": "/x", "maxlength": "9", "autofocus": None}.items()
    )
    assert "list" not in control.all("input")[0]


def test_an_id_of_its_own_keeps_two_forms_apart() -> None:
    read = Reader(ui.field("note", "Catatan", {}, {"note": "Terlalu panjang."}, help="Pendek", id="note-7"))
    assert set(read.ids) == {"note-7", "note-7-help", "note-7-error"}
    assert read.all("input")[0]["name"] == "note"


@pytest.mark.parametrize(
    ("typed", "ticked"), [("b", ["b"]), (["a", "b"], ["a", "b"]), ([], []), (None, []), ("", [])]
)
def test_choices_keep_what_was_ticked(typed: Any, ticked: list[str]) -> None:
    read = Reader(ui.choices("x", "X", [("a", "A"), ("b", "B")], {"x": typed}, {}, kind="checkbox"))
    assert [box["value"] for box in read.all("input") if "checked" in box] == ticked


def test_a_number_typed_selects_its_option() -> None:
    options = [("Jawa", [(1, "Satu"), (2, "Dua & tiga")]), ("Bali", [("x & y", "Lain")])]
    for typed, label in ((2, "2"), ("x & y", "x & y")):
        read = Reader(ui.select("x", "X", options, {"x": typed}, {}))
        assert [option["value"] for option in read.all("option") if "selected" in option] == [label]


def test_the_error_summary_lists_all_and_takes_the_focus() -> None:
    errors = {"wage": "Tulis dengan angka saja.", "whole": "Formulir ini sudah terkirim."}
    read = Reader(ui.error_summary(errors, {"wage": "Upah"}))
    box = read.all("div")[0]
    assert box["role"] == "alert" and "autofocus" in box and box["tabindex"] == "-1"
    assert [link["href"] for link in read.all("a")] == ["#wage"]
    assert "Perbaiki 2 hal" in read.text and "Formulir ini sudah terkirim." in read.text


def test_without_errors_there_is_no_summary() -> None:
    assert Reader(ui.error_summary({}, {})).elements == []


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Rp0"), (160_000, "Rp160.000"), (3_500_000, "Rp3.500.000"), (12_000_000, "Rp12.000.000")],
)
def test_money_is_written_in_full(amount: int, words: str) -> None:
    assert str(ui.money(amount)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4_900_000, 5_400_000, "Rp4.900.000–Rp5.400.000 per bulan"),
        (3_900_000, 3_900_000, "Rp3.900.000 per bulan"),
        (3_900_000, None, "mulai Rp3.900.000 per bulan"),
        (None, 5_000_000, "sampai Rp5.000.000 per bulan"),
        (None, None, "Upah belum disebut"),
    ],
)
def test_wage_says_which_end_is_known(low: int | None, high: int | None, words: str) -> None:
    assert Reader(ui.wage(low, high)).text == words


def test_dates_are_indonesian() -> None:
    assert Reader(ui.day(date(2025, 12, 5))).text == "5 Desember 2025"
    assert Reader(ui.moment(datetime(2025, 5, 20, 10, 5))).text == "20 Mei 2025, 10.05"


@pytest.mark.parametrize(
    ("have", "total", "filled", "shown"),
    [(3, 4, 3, 4), (0, 4, 0, 4), (6, 6, 6, 6), (1, 25, 1, 6), (24, 25, 5, 6), (25, 25, 6, 6), (0, 25, 0, 6)],
)
def test_bars_are_full_only_when_nothing_is_missing(have: int, total: int, filled: int, shown: int) -> None:
    drawn = Reader(ui.bars(have, total)).all("i")
    assert (sum(bar.get("class") == "on" for bar in drawn), len(drawn)) == (filled, shown)


def vacancy(**changes: Any) -> dict[str, Any]:
    reason = {"icon": "", "text": "Belum ada: SIM C", "lacks": True}
    return {
        "id": 7, "title": "Kurir", "employer": "PT Antar Contoh", "region": "Kota Bogor", "wage_min": 3_800_000,
        "wage_max": None, "wage_shown": True, "distance_km": 6.2, "type_label": "Penuh waktu", "positions": "4 posisi tersisa",
        "is_new": True, "reasons": [reason],
    } | changes  # fmt: skip


def test_a_vacancy_row_says_what_people_decide_by() -> None:
    read = Reader(ui.vacancy_row(vacancy()))
    for words in (
        "Kurir",
        "Baru",
        "PT Antar Contoh, Kota Bogor",
        "Rp3.800.000",
        "6 km dari rumah",
        "4 posisi tersisa",
        "SIM C",
    ):
        assert words in read.text
    assert read.all("a")[0]["href"] == "/vacancies/7"
    assert read.all("form") == []


def test_a_hidden_wage_stays_hidden() -> None:
    assert "Rp" not in Reader(ui.vacancy_row(vacancy(wage_shown=False))).text


def test_a_bookmark_works_without_script() -> None:
    read = Reader(
        ui.vacancy_row(vacancy(), saved={"on": True, "action": "/vacancies/7/saving", "token": "t"})
    )
    assert read.all("form")[0] == {"class": "keep", "method": "post", "action": "/vacancies/7/saving"}
    assert read.all("input")[0]["name"] == "_csrf_token"
    assert read.all("button")[0]["aria-pressed"] == "true"


def test_a_foreign_title_stays_text() -> None:
    for markup in (ui.vacancy_row(vacancy(title=HOSTILE)), ui.vacancy_lead(vacancy(employer=HOSTILE))):
        assert Reader(markup).all("script") == []


def test_the_pager_shows_only_pages_that_exist() -> None:
    def shown(page: int, pages: int) -> list[str | None]:
        return [link["href"] for link in Reader(ui.pager(page, pages, "?page={}".format)).all("a")]

    assert [shown(1, 1), shown(1, 3), shown(2, 3), shown(3, 3)] == [
        [],
        ["?page=2"],
        ["?page=1", "?page=3"],
        ["?page=2"],
    ]


def test_a_confirmation_is_a_form_behind_one_more_tap() -> None:
    read = Reader(ui.confirm("Batalkan", "Batalkan lamaran ini?", "/applications/3/moves", "t", key="k"))
    assert [element.tag for element in read.elements[:3]] == ["details", "summary", "form"]
    assert {field["name"]: field["value"] for field in read.all("input")} == {"_csrf_token": "t", "once": "k"}


def test_toasts_of_a_fragment_join_those_of_the_page() -> None:
    assert Reader(ui.toasts(["Tersimpan."], oob=True)).all("div")[0]["hx-swap-oob"] == "beforeend:#toasts"
    assert Reader(ui.toasts(["Tersimpan."])).all("div") == []


PERSON = SimpleNamespace(label="Konveksi Contoh")


@pytest.mark.parametrize("user", [None, PERSON], ids=["stranger", "signed in"])
def test_every_pointer_on_the_page_of_components_has_its_target(user: Any) -> None:
    page = TEMPLATES.get_template("portal/components.html").render(user=user, csrf_token=lambda: "t")
    read = Reader(page)
    assert len(set(read.ids)) == len(read.ids)
    assert set(read.pointers()) <= set(read.ids)


def test_a_stranger_is_shown_the_way_in_and_no_way_out() -> None:
    page = TEMPLATES.get_template("portal/components.html")
    strange, known = (page.render(user=user, csrf_token=lambda: "t") for user in (None, PERSON))
    assert "/session/new" in strange and "Keluar cepat" not in strange and "/privacy" not in strange
    assert "/session/end" in known and "Konveksi Contoh" in known and "/privacy" in known


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 418, 422, 429, 500, 503])
def test_the_error_page_needs_neither_person_nor_token(status: int) -> None:
    page = TEMPLATES.get_template("portal/error.html").render(refusal=SimpleNamespace(status_code=status))
    read = Reader(page)
    assert len(read.all("h1")) == 1 and f"Kode {status}" in read.text
    assert any(
        link["href"] == "/" and "primary" in str(link["class"]) for link in read.all("a")
    ) or status in (401, 403)


def test_a_moment_is_said_with_the_day_it_was_here() -> None:
    """What the database gives is in UTC; a moment in a zone of its own is said in that."""
    evening = datetime(2026, 11, 30, 18, 30, tzinfo=UTC)
    assert on(evening) == on(date(2026, 12, 1)) == "1 Desember 2026"
    assert on(datetime(2026, 11, 30, 23, 30, tzinfo=WITA)) == "30 November 2026"
    assert on(datetime(2026, 11, 30, 23, 30)) == "30 November 2026"
