"""Courses at hand: recorded by an office, found by skill and place, and a client's way from a wish to a paper."""

from datetime import date, timedelta
from typing import Any

import pytest

from portal.people import Actor
from portal.tables import Event, Notice
from tests import builders
from tests.web.conftest import once_of
from training import enrolments, programmes
from training.profiles import of_client
from training.tables import (
    Certificate,
    Enrolment,
    EnrolmentState,
    Programme,
    ProgrammeSkill,
    ProgrammeState,
    ProviderKind,
    Source,
)

pytestmark = pytest.mark.anyio
SOON = date.today() + timedelta(days=20)
FORM = {
    "title": "Las SMAW dasar",
    "provider_kind": "blk",
    "provider": "BLK Contoh Bogor",
    "region": builders.BOGOR,
    "locality": "Cibinong",
    "gives": "las SMAW, gerinda",
    "certificate_kind": "competence",
    "certificate": "Juru las SMAW 1G",
    "starts": "on",
    "begins_on": SOON.isoformat(),
    "hours": "160",
    "weeks": "4",
    "seats": "16",
    "cost": "free",
    "how": "Daftar di loket BLK dengan KTP, atau telepon 0251 000000.",
}


@pytest.fixture
async def staff() -> Actor:
    return await builders.staff(name="Rini Petugas")


async def test_staff_record_a_course_and_find_it_by_skill_and_place(staff: Actor, browser: Any) -> None:
    visitor = await browser(staff)
    key = once_of((await visitor.get("/programmes/new")).text)
    answer = await visitor.form("/programmes/new", {**FORM, "once": key})
    assert answer.status_code == 303
    [row] = await Programme.select()
    assert answer.headers["location"] == f"/programmes/{row['id']}"
    assert (row["office"], row["begins_on"], row["cost"], row["seats"]) == (staff.organisation, SOON, 0, 16)
    assert row["latitude"] is not None, "the place within the regency is known"
    assert set(await programmes.skills_of(row["id"])) == {"las-smaw", "gerinda"}
    assert await Event.exists().where(Event.subject == f"programme:{row['id']}", Event.action == "added")
    for query in ("", "?skill=las-smaw", "?skill=gerinda&region=32.01", "?region=32"):
        assert "Las SMAW dasar" in (await visitor.get(f"/programmes{query}")).text, query
    for query in ("?skill=barista", "?region=35.78", "?show=over", "?skill=xyzzyplugh"):
        assert "Las SMAW dasar" not in (await visitor.get(f"/programmes{query}")).text, query
    html = (await visitor.get(answer.headers["location"])).text
    assert "160 JP, 4 minggu" in html and "Gratis" in html and "Sertifikat kompetensi" in html


async def test_two_taps_record_one_course(staff: Actor, browser: Any) -> None:
    visitor = await browser(staff)
    key = once_of((await visitor.get("/programmes/new")).text)
    first = await visitor.form("/programmes/new", {**FORM, "once": key})
    second = await visitor.form("/programmes/new", {**FORM, "once": key})
    assert first.headers["location"] == second.headers["location"] and await Programme.count() == 1


async def test_every_error_is_told_at_once_and_nothing_typed_is_lost(staff: Actor, browser: Any) -> None:
    wrong = {
        "title": "Las untuk klien rehabilitasi",
        "provider_kind": "",
        "region": "99.99",
        "gives": "xyzzyplugh",
        "certificate_kind": "",
        "begins_on": "",
        "ends_on": "2026-01-01",
        "cost": "paid",
        "seats": "banyak",
        "how": "",
    }
    answer = await (await browser(staff)).form("/programmes/new", {**FORM, **wrong})
    assert answer.status_code == 422 and await Programme.count() == 0
    for sentence in (
        "Tulis tanpa kata “rehabilitasi”",
        "Pilih salah satu.",
        "Pilih kabupaten atau kota dari daftar.",
        "“xyzzyplugh” belum ada di daftar.",
        "Pilih jenis sertifikatnya.",
        "Tulis tanggal mulai",
        "Tulis biayanya",
        "Tulis jumlah tempat",
        "Tulis cara mendaftar",
    ):
        assert sentence in answer.text, sentence
    for typed in ("BLK Contoh Bogor", "xyzzyplugh", "Juru las SMAW 1G", "banyak", "2026-01-01"):
        assert typed in answer.text, typed


async def test_a_beginning_in_the_past_is_no_beginning_of_a_new_course(staff: Actor, browser: Any) -> None:
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    answer = await (await browser(staff)).form("/programmes/new", {**FORM, "begins_on": yesterday})
    assert answer.status_code == 422 and "sudah lewat" in answer.text


async def test_a_stale_edit_is_given_back_and_the_next_press_replaces(staff: Actor, browser: Any) -> None:
    programme = await builders.programme(staff)
    visitor = await browser(staff)
    address = f"/programmes/{programme.id}/details"
    html = (await visitor.get(address)).text
    assert "Las SMAW dasar" in html and 'name="seen"' in html
    await programmes.edit(programme, {"seats": 5}, ["gerinda"], programme.changed_at.isoformat(), by=staff)
    typed = {**FORM, "title": "Las SMAW lanjutan", "seen": programme.changed_at.isoformat()}
    answer = await visitor.form(address, typed)
    assert answer.status_code == 409 and "Las SMAW lanjutan" in answer.text
    await programme.refresh()
    assert programme.title == "Las SMAW dasar" and programme.seats == 5
    again = await visitor.form(address, {**typed, "seen": programme.changed_at.isoformat()})
    assert again.status_code == 303
    await programme.refresh()
    assert programme.title == "Las SMAW lanjutan" and programme.seats == 16


async def test_another_office_reads_a_public_course_and_cannot_change_it(staff: Actor, browser: Any) -> None:
    programme = await builders.programme(staff)
    inside = await builders.programme(staff, title="Kelas kantor", provider_kind=ProviderKind.OFFICE)
    other = await browser(await builders.staff(await builders.office("Kantor Lain")))
    assert (await other.get(f"/programmes/{programme.id}")).status_code == 200
    assert (await other.get(f"/programmes/{inside.id}")).status_code == 404
    listed = (await other.get("/programmes")).text
    assert "Las SMAW dasar" in listed and "Kelas kantor" not in listed
    assert (await other.get(f"/programmes/{programme.id}/details")).status_code == 404
    assert (await other.form(f"/programmes/{programme.id}/details", FORM)).status_code == 404
    assert (await other.form(f"/programmes/{programme.id}/closure")).status_code == 404
    everywhere = await browser(await builders.administrator(await builders.office("Pusat")))
    assert (await everywhere.get(f"/programmes/{inside.id}")).status_code == 200
    assert (await everywhere.form(f"/programmes/{inside.id}/closure")).status_code == 303


async def test_administrators_record_for_the_office_they_choose(staff: Actor, browser: Any) -> None:
    visitor = await browser(await builders.administrator(await builders.office("Pusat")))
    assert 'name="office"' in (await visitor.get("/programmes/new")).text
    assert (await visitor.form("/programmes/new", {**FORM, "office": "999999"})).status_code == 422
    assert (
        await visitor.form("/programmes/new", {**FORM, "office": str(staff.organisation)})
    ).status_code == 303
    [row] = await Programme.select(Programme.office)
    assert row["office"] == staff.organisation


async def test_a_course_is_closed_and_opened_again(staff: Actor, browser: Any) -> None:
    programme = await builders.programme(staff)
    visitor = await browser(staff)
    for action, state in (("closure", "closed"), ("closure", "closed"), ("closure/ending", "open")):
        assert (await visitor.form(f"/programmes/{programme.id}/{action}")).status_code == 303
        await programme.refresh()
        assert programme.state == state
    assert (
        await Event.count().where(Event.subject == f"programme:{programme.id}", Event.action == "closed") == 1
    )


async def test_the_list_asks_the_same_however_many_courses_there_are(
    staff: Actor, browser: Any, queries: list[str]
) -> None:
    visitor = await browser(staff)
    counts = []
    for _ in range(2):
        await builders.programme(staff)
        await visitor.get("/programmes")
        queries.clear()
        await visitor.get("/programmes")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [
        (ProviderKind.BLK, "BLK Contoh Bogor", "BLK Contoh Bogor"),
        (ProviderKind.OFFICE, "BNNK Contoh", "Kantor pendamping"),
        (ProviderKind.COMMUNITY, "Yayasan Rehabilitasi Contoh", "Komunitas atau yayasan"),
    ],
)
async def test_a_name_that_discloses_is_told_by_its_kind(kind: ProviderKind, name: str, shown: str) -> None:
    assert programmes.provider_shown(kind, name) == shown


# ---- from a wish to a paper ----


@pytest.fixture
async def client(staff: Actor) -> Actor:
    return await builders.client(staff, skills=["gerinda"], profile={"licences": []}, name="Sari Rahasia")


async def record_of(client: Actor) -> Any:
    from portal.tables import Client

    return await Client.objects().get(Client.id == client.client)


async def test_a_wish_is_told_to_the_caseworker_once_and_names_nobody(staff: Actor, client: Actor) -> None:
    programme = await builders.programme(staff)
    for _ in range(2):
        await enrolments.interest(programme, await record_of(client), by=client)
    [notice] = await Notice.select().where(Notice.person == staff.person)
    assert notice["kind"] == "training_wanted" and notice["link"] == f"/programmes/{programme.id}"
    assert await Enrolment.count() == 1


async def test_staff_register_and_finish_and_the_paper_stands_in_the_profile(
    staff: Actor, client: Actor, browser: Any
) -> None:
    programme = await builders.programme(staff, licence="juru-las-kemnaker")
    enrolment = await enrolments.interest(programme, await record_of(client), by=client)
    visitor = await browser(staff)
    html = (await visitor.get(f"/programmes/{programme.id}")).text
    assert "Sari Rahasia" in html and "Sudah didaftarkan" in html and "Tertarik" in html
    move = {"to": "registered", "seen": "interested"}
    for _ in range(2):
        assert (await visitor.form(f"/enrolments/{enrolment.id}/moves", move)).status_code == 303
    [notice] = await Notice.select().where(Notice.person == client.person)
    assert notice["kind"] == "training_registered"
    address = f"/enrolments/{enrolment.id}/certificate"
    page = (await visitor.get(address)).text
    assert "Juru las SMAW 1G" in page and "Juru las" in page
    refused = await visitor.form(address, {"kind": "competence", "title": "", "skills": ["las-smaw"]})
    assert refused.status_code == 422 and await Certificate.count() == 0
    sent = {"kind": "competence", "title": "Juru las SMAW 1G", "skills": ["las-smaw", "gerinda"]}
    sent |= {"licence": "yes", "once": once_of(page), "issued_on": date.today().isoformat()}
    for _ in range(2):
        answer = await visitor.form(address, sent)
        assert answer.status_code == 303
    assert answer.headers["location"] == f"/clients/{client.client}/profile"
    whole = await of_client(client.client or 0)
    assert [paper["title"] for paper in whole.certificates] == ["Juru las SMAW 1G"]
    assert whole.skills == {"gerinda": Source.CERTIFIED, "las-smaw": Source.CERTIFIED}
    assert whole.licences == ("juru-las-kemnaker",)
    await enrolment.refresh()
    assert enrolment.state == EnrolmentState.FINISHED and enrolment.certificate == whole.certificates[0]["id"]


async def test_without_a_paper_the_skills_count_as_learnt_by_training(
    staff: Actor, client: Actor, browser: Any
) -> None:
    programme = await builders.programme(staff)
    enrolment = await enrolments.interest(programme, await record_of(client), by=staff)
    await enrolments.move(enrolment, EnrolmentState.REGISTERED, by=staff)
    visitor = await browser(staff)
    sent = {"kind": "training", "title": "Las", "skills": ["las-smaw"], "without": "yes"}
    assert (await visitor.form(f"/enrolments/{enrolment.id}/certificate", sent)).status_code == 303
    whole = await of_client(client.client or 0)
    assert not whole.certificates and whole.skills["las-smaw"] == Source.TRAINING


async def test_a_step_that_somebody_else_took_first_is_not_taken_twice(staff: Actor, client: Actor) -> None:
    programme = await builders.programme(staff)
    enrolment = await enrolments.interest(programme, await record_of(client), by=client)
    stale = await Enrolment.objects().get(Enrolment.id == enrolment.id)
    assert stale
    await enrolments.move(enrolment, EnrolmentState.ENDED, by=client)
    with pytest.raises(enrolments.NotPossible):
        await enrolments.move(stale, EnrolmentState.REGISTERED, by=staff)
    with pytest.raises(enrolments.NotPossible):
        await enrolments.finish(stale, None, ["las-smaw"], by=staff)
    assert (await of_client(client.client or 0)).skills == {"gerinda": Source.STATED}


@pytest.mark.parametrize("state", list(EnrolmentState))
@pytest.mark.parametrize("to", [each for each in EnrolmentState if each != EnrolmentState.FINISHED])
async def test_only_the_moves_of_the_table_are_made(
    staff: Actor, client: Actor, state: EnrolmentState, to: EnrolmentState
) -> None:
    programme = await builders.programme(staff)
    for actor in (staff, client):
        await Enrolment.delete().where(Enrolment.client == client.client)
        enrolment = Enrolment(programme=programme.id, client=client.client, state=state, made_by=staff.person)
        await enrolment.save()
        if actor.role in enrolments.MOVES[state].get(to, ()):
            await enrolments.move(enrolment, to, by=actor)
            assert enrolment.state == to
        else:
            with pytest.raises(enrolments.NotPossible):
                await enrolments.move(enrolment, to, by=actor)


async def test_another_office_sees_no_client_on_the_way(staff: Actor, client: Actor, browser: Any) -> None:
    programme = await builders.programme(staff)
    enrolment = await enrolments.interest(programme, await record_of(client), by=client)
    other = await browser(await builders.staff(await builders.office("Kantor Lain")))
    assert "Sari Rahasia" not in (await other.get(f"/programmes/{programme.id}")).text
    assert "klien tertarik" not in (await other.get("/programmes")).text
    moved = await other.form(f"/enrolments/{enrolment.id}/moves", {"to": "registered", "seen": "interested"})
    assert moved.status_code == 404
    assert (await other.get(f"/enrolments/{enrolment.id}/certificate")).status_code == 404


async def test_what_has_begun_is_no_longer_at_hand_and_anytime_is(staff: Actor) -> None:
    from portal.places import regions

    past, to_come = date.today() - timedelta(days=1), date.today() + timedelta(days=1)
    rows = {
        "begun": await builders.programme(staff, begins_on=past),
        "closed": await builders.programme(staff, state=ProgrammeState.CLOSED),
        "over": await builders.programme(staff, begins_on=None, ends_on=past),
        "far": await builders.programme(staff, region=builders.SURABAYA),
        "soon": await builders.programme(staff, begins_on=to_come),
        "anytime": await builders.programme(staff, begins_on=None),
        "beyond": await builders.programme(staff, region=builders.BANDUNG, begins_on=None),
    }
    names = {row.id: name for name, row in rows.items()}
    found = await programmes.teaching(
        ["las-smaw", "barista"],
        office=staff.organisation,
        region=builders.BOGOR,
        home=regions()[builders.BOGOR],
        reach_km=25,
    )
    assert list(found) == [("skill", "las-smaw")]
    assert [names[each.id] for each in found["skill", "las-smaw"]] == ["anytime", "soon", "beyond"]
    assert await ProgrammeSkill.count() > 0


async def test_an_offices_own_course_is_for_its_own_clients(staff: Actor) -> None:
    await builders.programme(staff, provider_kind=ProviderKind.OFFICE)
    asked: dict[str, Any] = {"region": builders.BOGOR, "home": None, "reach_km": 25}
    assert await programmes.teaching(["las-smaw"], office=staff.organisation, **asked)
    other = await builders.office("Kantor Lain")
    assert not await programmes.teaching(["las-smaw"], office=other.id, **asked)
