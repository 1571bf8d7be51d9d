"""Importing vacancies: what comes in, what is named as left out, and what never happens twice."""

import asyncio
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from jobs.imports import importing
from jobs.imports.importing import Report, bring_in
from jobs.imports.reading import read
from jobs.tables import Vacancy, VacancySkill, VacancyState, Way
from portal.tables import Event, Outbox

pytestmark = pytest.mark.anyio

HIT = {
    "id": "hit-1",
    "title": "Tukang Las",
    "skills": ["las listrik", "gerinda", "bermain sulap"],
    "city_name": "Kab. Bogor",
    "company_name": "CV Logam Contoh",
    "industry_name": "Konstruksi",
    "job_function_name": "Produksi",
    "job_type_name": "Kontrak",
    "published_at": 1_763_600_000,
    "show_salary": True,
    "min_salary_amount": 4_900_000,
    "max_salary_amount": 5_400_000,
    "gender": "male",
    "max_age": 30,
    "marital_status": "single",
}
DETAIL = {
    "id": "detail-1",
    "title": "Barista",
    "skills": [{"name": "seduh manual"}],
    "employer": {"name": "Kedai Contoh"},
    "region": {"city": {"name": "Kota Bandung", "code": "32.73"}},
    "job_type": {"name": "Full time"},
    "min_education": {"name": "SMA", "level": 30},
    "quota": 2,
    "description": "Menyeduh kopi.",
    "qualification": "Senang melayani.",
    "published_at": "2026-01-05T08:00:00Z",
}


def catalogue(folder: Path, *vacancies: dict[str, Any] | str) -> Path:
    path = folder / "katalog.json"
    path.write_text(json.dumps({"data": {"hits": list(vacancies)}}), encoding="utf-8")
    return path


def table(folder: Path, *lines: str) -> Path:
    path = folder / "lowongan.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


async def imported(path: Path, **how: bool) -> Report:
    return await bring_in(read(path), **how)


async def only_vacancy() -> Vacancy:
    [vacancy] = await Vacancy.objects()
    return vacancy


async def test_a_search_hit_becomes_a_vacancy_that_waits_for_review(tmp_path: Path) -> None:
    report = await imported(catalogue(tmp_path, HIT))
    assert (report.read, report.imported, report.known, report.failed) == (1, 1, 0, [])
    vacancy = await only_vacancy()
    assert vacancy.state == VacancyState.IN_REVIEW and vacancy.way == Way.DIRECT and not vacancy.partner
    assert (vacancy.source, vacancy.source_id) == ("karirhub", "hit-1")
    assert (vacancy.employer_name, vacancy.region) == ("CV Logam Contoh", "32.01")
    assert (vacancy.occupation, vacancy.employment_type) == ("tukang-las", "contract")
    assert (vacancy.wage_min, vacancy.wage_max) == (4_900_000, 5_400_000)
    assert report.titles == [("Tukang Las", "7212")]


async def test_a_detail_becomes_a_vacancy(tmp_path: Path) -> None:
    await imported(catalogue(tmp_path, DETAIL))
    vacancy = await only_vacancy()
    assert (vacancy.occupation, vacancy.region, vacancy.education) == ("barista", "32.73", 30)
    assert (vacancy.positions, vacancy.employer_name) == (2, "Kedai Contoh")


async def test_known_skills_are_linked_and_unknown_ones_are_kept_as_words(tmp_path: Path) -> None:
    report = await imported(catalogue(tmp_path, HIT))
    vacancy = await only_vacancy()
    skills = await VacancySkill.select(VacancySkill.skill).where(VacancySkill.vacancy == vacancy.id)
    assert {row["skill"] for row in skills} == {"las-smaw", "gerinda"} and report.mapped_skills == 1
    assert "bermain sulap" in vacancy.qualification and "las listrik" not in vacancy.qualification


async def test_an_uncertain_title_stays_unmapped(tmp_path: Path) -> None:
    report = await imported(catalogue(tmp_path, {**HIT, "title": "Global Synergy Associate"}))
    assert report.titles == [("Global Synergy Associate", None)] and report.mapped_occupation == 0
    assert (await only_vacancy()).occupation is None


async def test_a_skill_that_is_spelt_like_another_is_no_skill(tmp_path: Path) -> None:
    report = await imported(catalogue(tmp_path, {**HIT, "skills": "potong kain; Analytical thinking"}))
    assert report.mapped_skills == 0 and not await VacancySkill.exists()


async def test_a_mistyped_title_is_still_understood(tmp_path: Path) -> None:
    report = await imported(catalogue(tmp_path, {**HIT, "title": "Tukng las"}))
    assert report.titles == [("Tukng las", "7212")]


async def test_the_job_function_decides_between_trades_and_names_none(tmp_path: Path) -> None:
    driver = {**HIT, "title": "Driver", "job_function_name": "Kurir motor"}
    nobody = {**HIT, "id": "2", "title": "Global Synergy Associate", "job_function_name": "Kurir motor"}
    report = await imported(catalogue(tmp_path, driver, nobody))
    assert report.titles == [("Driver", "8321"), ("Global Synergy Associate", None)]


async def test_nothing_about_sex_age_or_marriage_is_kept(tmp_path: Path) -> None:
    await imported(catalogue(tmp_path, HIT))
    [row] = await Vacancy.raw("SELECT row_to_json(vacancy)::text AS kept FROM vacancy")
    assert not {"male", "single", "marital"} & set(row["kept"].replace('"', " ").split())


async def test_words_that_bar_people_are_counted_for_the_reviewer(tmp_path: Path) -> None:
    barred = {**DETAIL, "qualification": "Usia maksimal 25 tahun, belum menikah."}
    report = await imported(catalogue(tmp_path, barred))
    assert report.remarked == 1
    [event] = await Event.select(Event.details).where(Event.action == "imported")
    assert {"age", "marriage"} <= set(json.loads(event["details"])["barred"])


async def test_importing_a_file_again_changes_nothing(tmp_path: Path) -> None:
    path = catalogue(tmp_path, HIT, DETAIL)
    await imported(path)
    events = await Event.count()
    again = await imported(path, publish=True)
    assert (again.read, again.imported, again.known) == (2, 0, 2)
    assert (await Vacancy.count(), await Event.count()) == (2, events)


@pytest.mark.parametrize("trial", [False, True])
async def test_a_vacancy_that_stands_twice_in_a_file_is_imported_once(tmp_path: Path, trial: bool) -> None:
    report = await imported(catalogue(tmp_path, HIT, DETAIL, HIT), trial=trial)
    assert (report.read, report.imported, report.known) == (3, 2, 1)
    assert [title for title, _ in report.titles] == ["Tukang Las", "Barista", "Tukang Las"]


async def test_duplicates_are_seen_across_transactions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "TOGETHER", 1)
    report = await imported(catalogue(tmp_path, HIT, HIT), trial=True)
    assert (report.imported, report.known) == (1, 1)


async def test_a_trial_says_what_would_happen_and_changes_nothing(tmp_path: Path) -> None:
    path = catalogue(tmp_path, HIT, "rusak", DETAIL)
    before = [await each.count() for each in (Vacancy, VacancySkill, Event, Outbox)]
    trial = await imported(path, publish=True, trial=True)
    assert [await each.count() for each in (Vacancy, VacancySkill, Event, Outbox)] == before
    assert trial == await imported(path, publish=True)


async def test_rows_that_cannot_be_read_are_named_and_the_rest_is_imported(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "judul;perusahaan;kota;upah_min",
        "Tukang las;CV Logam Contoh;Kab. Bogor;4900000",
        ";CV Kosong Contoh;Kab. Bogor;",
        "Barista;=cmd|' /C calc'!A0;Kota Bandung;",
        "Kasir;Toko Contoh;Kota Depok;banyak sekali",
        "Penjahit;Konveksi Contoh;Kab. Bandung;3900000",
    )
    report = await imported(path)
    assert (report.read, report.imported) == (5, 2)
    assert [each.number for each in report.failed] == [3, 4, 5]
    assert "Judul" in report.failed[0].reason and "rumus" in report.failed[1].reason
    assert {vacancy.title for vacancy in await Vacancy.objects()} == {"Tukang las", "Penjahit"}


async def test_a_row_that_the_database_refuses_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_skills = importing.vacancies.name_skills

    async def refuse(vacancy: int, essential: tuple[str, ...], useful: tuple[str, ...]) -> None:
        await name_skills(vacancy, essential, useful)
        if "las-smaw" in essential:
            raise asyncpg.CheckViolationError("no")

    monkeypatch.setattr(importing.vacancies, "name_skills", refuse)
    report = await imported(catalogue(tmp_path, HIT, DETAIL))
    assert [each.number for each in report.failed] == [1] and report.imported == 1
    vacancy = await only_vacancy()
    assert vacancy.title == "Barista"
    assert not await VacancySkill.exists().where(VacancySkill.vacancy != vacancy.id)


async def test_published_at_once_means_an_event_by_nobody_and_a_mark_for_the_index(tmp_path: Path) -> None:
    await imported(catalogue(tmp_path, HIT), publish=True)
    vacancy = await only_vacancy()
    assert vacancy.state == VacancyState.PUBLISHED and vacancy.published_at and not vacancy.approved_by
    events = (
        await Event.select(Event.action, Event.by)
        .where(Event.subject == f"vacancy:{vacancy.id}")
        .order_by(Event.id)
    )
    assert events == [{"action": "imported", "by": None}, {"action": "published", "by": None}]
    assert await Outbox.exists().where(Outbox.index == "vacancies", Outbox.document == str(vacancy.id))


async def test_a_vacancy_past_its_last_day_is_kept_closed(tmp_path: Path) -> None:
    ended = (date.today() - timedelta(days=1)).isoformat()
    report = await imported(
        catalogue(tmp_path, {**DETAIL, "published_at": None, "expires_at": ended}), publish=True
    )
    assert (report.imported, report.expired) == (1, 1)
    assert (await only_vacancy()).state == VacancyState.CLOSED


async def test_a_file_of_another_kind_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "foto.xlsx"
    path.write_bytes(b"\x89PNG\r\n")
    report = await imported(path)
    assert (report.read, report.imported, len(report.failed), report.failed[0].number) == (0, 0, 1, 0)


async def test_the_command_prints_the_promised_json(tmp_path: Path) -> None:
    path = catalogue(tmp_path, HIT, "rusak", {**DETAIL, "title": "Global Synergy Associate"})
    command = ("-m", "portal", "import", "vacancies", str(path), "--dry-run", "--json")
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    assert process.returncode == 0
    printed = json.loads(out)
    [failed] = printed.pop("failed")
    assert failed["row"] == 2 and failed["reason"]
    assert printed == {
        "read": 3,
        "imported": 2,
        "known": 0,
        "mapped_occupation": 1,
        "mapped_skills": 2,
        "rows": [
            {"title": "Tukang Las", "isco": "7212"},
            {"title": "Global Synergy Associate", "isco": None},
        ],
    }
