"""Which contacts a vacancy may carry, and that nothing dangerous becomes a link."""

import pytest

from jobs.ways import contact


@pytest.mark.parametrize(
    ("text", "kind", "href"),
    [
        ("https://contoh.id/karier?posisi=7", "link", "https://contoh.id/karier?posisi=7"),
        ("www.contoh.co.id/karier", "link", "https://www.contoh.co.id/karier"),
        ("HRD@Contoh.co.id", "email", "mailto:hrd@contoh.co.id"),
        ("0812-3456-7890", "phone", "tel:+6281234567890"),
        ("Jl. Raya Cibinong 12, Bogor", "address", None),
        ("Datang ke bengkel: Jl. Melati 3", "address", None),
    ],
)
def test_each_kind_of_contact_is_told_apart(text: str, kind: str, href: str | None) -> None:
    found = contact(text)
    assert found and (found.kind, found.href) == (kind, href)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1) kirim lamaran",
        " java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "ftp://contoh.id/lamaran",
        "https://",
        "https://localhost",
        "https://bank.id@jahat.example/",
        'https://contoh.id/"onmouseover=alert(1)',
        "https://contoh.id/a b",
        "http://[::1",
        "https://contoh.id:99999/",
        "<b>datang saja</b>",
        "kantor",
        "123",
        "?",
        "",
    ],
)
def test_what_is_no_contact_is_refused(text: str) -> None:
    found = contact(text)
    assert found is None or found.href is None
    assert found is None or found.kind == "address"


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "https://bank.id@jahat.example/"]
)
def test_a_dangerous_link_is_not_taken_for_an_address_either(text: str) -> None:
    assert contact(text) is None
