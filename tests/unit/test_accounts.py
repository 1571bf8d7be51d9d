"""Rules of accounts that need no database: spelling of contacts, waits, codes, passwords, words."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import brake, notices, passwords, tickets
from portal.navigation import PLACES
from portal.offices import telling
from portal.pages.me import ago
from portal.people import normal_email, normal_phone
from portal.settings import ROOT
from portal.tables import Role, TicketPurpose


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("(0251) 832.1234", "+622518321234"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("+60 12-345 6789", "+60123456789"),
        ("0812", None),
        ("0812 3456 7890 1234 5", None),
        ("812 3456 7890", None),
        ("nol delapan", None),
        ("", None),
    ],
)
def test_a_phone_number_has_one_spelling(typed: str, kept: str | None) -> None:
    assert normal_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Sari@Contoh.TEST ", "sari@contoh.test"),
        ("sari@contoh", None),
        ("sari contoh.test", None),
        ("", None),
    ],
)
def test_an_email_address_has_one_spelling(typed: str, kept: str | None) -> None:
    assert normal_email(typed) == kept


def test_waits_begin_after_five_failures_and_grow_to_eight_minutes() -> None:
    seconds = [brake.wait_after(failures).total_seconds() for failures in range(13)]
    assert seconds == [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 480, 480]
    assert brake.wait_after(10_000) == brake.LONGEST_WAIT


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("127.0.0.1", "loopback"),
        ("::1", "loopback"),
        ("", ""),
    ],
)
def test_a_place_is_what_one_visitor_cannot_leave_easily(address: str, place: str) -> None:
    assert brake.place_of(address) == place


def test_the_sentence_of_a_wait_counts_in_seconds_and_then_in_minutes() -> None:
    assert "15 detik" in brake.sentence(timedelta(seconds=15))
    assert "8 menit" in brake.sentence(timedelta(minutes=8))
    assert "1 detik" in brake.sentence(timedelta(milliseconds=2))


def test_codes_are_read_however_they_are_typed() -> None:
    for typed in ("K7QM-3XPT", "k7qm3xpt", " k7qm 3xpt ", "K7QM_3XPT", "k7qm–3xpt"):
        assert tickets._plain(TicketPurpose.CODE, typed) == "K7QM3XPT"
    assert tickets._plain(TicketPurpose.RESET, "a-B_c") == "a-B_c"


def test_the_alphabet_of_codes_has_nothing_that_looks_like_something_else() -> None:
    assert not set("0O1IL2Z5S8BUV") & set(tickets.ALPHABET) - {"2", "V"}
    assert len(set(tickets.ALPHABET)) == len(tickets.ALPHABET) == 25


@pytest.mark.parametrize("kind", notices.KINDS)
def test_no_notice_tells_what_the_portal_is_for(kind: str) -> None:
    words = notices.sentence(kind).lower()
    assert not any(word in words for word in ("rehab", "bnn", "narko", "pemulihan", "adiksi", "pasca"))


def test_a_notice_of_a_kind_that_is_gone_still_has_words() -> None:
    assert notices.sentence("of_old") == "Ada kabar untuk Anda."


@pytest.mark.parametrize("password", ["BISMILLAH123", "bis millah 123", "ababababab", "qwertyuiop"])
def test_passwords_tried_first_are_refused_in_any_spelling(password: str) -> None:
    assert passwords.problem(password)


@pytest.mark.parametrize("password", ["kopi susu pagi", "Xy7#qLm2pZ", "jalan kenangan", "é" * 3 + "abcdefgh"])
def test_other_long_passwords_are_fine(password: str) -> None:
    assert passwords.problem(password, "+6281234567890", "sari@contoh.test") is None


def test_every_listed_password_could_be_chosen_at_all() -> None:
    listed = passwords._common()
    assert len(listed) >= 100
    assert all(len(word) >= passwords.SHORTEST and word == word.lower() for word in listed)


def test_time_gone_by_needs_no_time_zone() -> None:
    now = datetime.now(UTC)
    assert ago(now) == "baru saja"
    assert ago(now - timedelta(minutes=5)) == "5 menit lalu"
    assert ago(now - timedelta(hours=3, minutes=50)) == "3 jam lalu"
    assert ago(now - timedelta(hours=30)) == "kemarin"
    assert ago(datetime(2025, 1, 2, tzinfo=UTC)) == "2 Januari 2025"


@pytest.mark.parametrize(
    ("name", "tells"), [("Kantor Bogor", False), ("BNNK Bogor", True), ("Balai Rehab", True)]
)
def test_an_office_has_a_neutral_name(name: str, tells: bool) -> None:
    assert telling(name) is tells


@pytest.mark.parametrize("role", PLACES)
def test_every_place_has_a_picture_that_exists(role: Role) -> None:
    drawn = (ROOT / "static" / "icons.svg").read_text()
    assert all(f'id="{icon}"' in drawn for _, _, icon in PLACES[role])
