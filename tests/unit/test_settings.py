"""Every wrong value in the environment is answered with a sentence that names it."""

from pathlib import Path

import pytest

from portal.settings import Meilisearch, WrongSetting, meilisearch_file, read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight thousand"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("PROXIES", "the web server"),
        ("PROXIES", "10.0.0.1/8"),
        ("DATABASE_URL", "mysql://db.example.org/portal"),
        ("DATABASE_URL", "portal"),
        ("PUBLIC_URL", "kerja.example.org"),
        ("PUBLIC_URL", "ftp://kerja.example.org"),
        ("MEILISEARCH_URL", "search.example.org:7700"),
        ("MEILISEARCH_URL", "http://key@search.example.org"),
        ("MEILISEARCH_URL", "http://search.example.org/?key=secret"),
        ("SMTP_URL", "mail.example.org"),
        ("SMTP_URL", "http://mail.example.org"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write_instead(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting) as told:
        read({"VAR_DIR": str(tmp_path), name: value})
    said = str(told.value)
    assert said.startswith(f"{name} must be ") and value in said and said.endswith(".")


def test_an_empty_environment_serves_on_this_machine_alone(tmp_path: Path) -> None:
    settings = read({"VAR_DIR": str(tmp_path)})
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.database_url is None and settings.smtp_url is None and not settings.secure


def test_empty_values_count_as_not_given(tmp_path: Path) -> None:
    settings = read({"VAR_DIR": str(tmp_path), "PORT": "", "DATABASE_URL": " ", "WORKERS": ""})
    assert settings.port == 8000 and settings.database_url is None and settings.workers >= 1


def test_an_https_address_makes_cookies_secure(tmp_path: Path) -> None:
    settings = read({"VAR_DIR": str(tmp_path), "PUBLIC_URL": "https://kerja.example.org/"})
    assert settings.secure and settings.public_url == "https://kerja.example.org"


def test_the_secret_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    first, second = read({"VAR_DIR": str(tmp_path)}), read({"VAR_DIR": str(tmp_path)})
    assert first.secret == second.secret and len(first.secret) == 64
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_a_key_that_cannot_be_one_is_told_of_and_not_printed(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match=r"^MEILISEARCH_KEY must be .*\.$") as told:
        read(
            {
                "VAR_DIR": str(tmp_path),
                "MEILISEARCH_URL": "http://127.0.0.1:7700",
                "MEILISEARCH_KEY": "se cret",
            }
        )
    assert "se cret" not in str(told.value)


def test_a_meilisearch_is_the_one_named_or_the_one_that_runs_beside_or_none(tmp_path: Path) -> None:
    here = {"VAR_DIR": str(tmp_path)}
    assert read(here).meilisearch is None
    file = meilisearch_file(tmp_path)
    file.parent.mkdir()
    file.write_text('{"url": "http://127.0.0.1:7701", "key": "beside"}')
    assert read(here).meilisearch == Meilisearch("http://127.0.0.1:7701", "beside", beside=True)
    named = here | {"MEILISEARCH_URL": "http://search.example.org:7700/", "MEILISEARCH_KEY": "named"}
    assert read(named).meilisearch == Meilisearch("http://search.example.org:7700", "named")
    assert "named" not in repr(read(named)), "a key is in no traceback"
    file.write_text('{"url": ')
    assert read(here).meilisearch is None
