"""The fairness report, what is told for it, and lists that are evened."""

import json
from datetime import date
from typing import Any

import pytest

from jobs import seekers
from jobs.fairness import attributes, bounds, evening, groups, reports
from jobs.fairness.evening import for_page
from jobs.fairness.tables import Evened, FairnessAttribute, FairnessBound, FairnessReport, Sex
from jobs.index import documents
from jobs.seekers import finding
from portal import consent
from portal.people import Actor
from portal.tables import Client, Consent, ConsentPurpose, Event
from tests import builders
from tests.web.conftest import once_of
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio
WELDER = vocabulary().occupations["tukang-las"]
FOUR = list(WELDER.essential[:4])
LINE = "Urutan ini diratakan"
TOO_FEW = "terlalu sedikit untuk ditampilkan"
HEARD = {"channel": "present", "agreement": "Dibacakan semua, klien menjawab setuju."}


async def record_of(actor: Actor) -> Client:
    found = await Client.objects().get(Client.id == actor.client)
    assert found
    return found


async def crowd(staff: Actor, sexes: str, born_on: date = date(1995, 5, 5)) -> list[Actor]:
    """Clients who are alike but for their sex, registered one after the other: the first stand first."""
    made = []
    for sex in sexes:
        actor = await builders.client(staff, skills=FOUR, profile={"travel_km": 20}, born_on=born_on)
        await attributes.record_sex(await record_of(actor), Sex(sex), by=staff)
        made.append(actor)
    return made


async def open_vacancy() -> Any:
    vacancy = await builders.vacancy(essential=FOUR, occupation="tukang-las")
    [document] = await documents.load([vacancy.id])
    return document


async def test_staff_and_client_record_the_sex_and_take_it_back(browser) -> None:
    staff = await builders.staff()
    client = await builders.client(staff)
    for actor, base in ((staff, f"/clients/{client.client}/fairness"), (client, "/me/fairness")):
        visitor = await browser(actor)
        text = (await visitor.get(base)).text
        assert "tidak dilihat pemberi kerja, tidak memengaruhi nilai kecocokan" in text
        assert "Saat ini tidak aktif" in text
        assert (await visitor.form(f"{base}/sex", {"sex": "x"})).status_code == 422
        assert (await visitor.form(f"{base}/sex", {"sex": "f"})).status_code == 303
        told = await attributes.of_client(client.client)
        assert told and told.sex == "f" and told.recorded_by == actor.person
        await visitor.form(f"{base}/sex", {"sex": "untold"})
        told = await attributes.of_client(client.client)
        assert told and told.sex is None
    events = await Event.objects().where(Event.action == "fairness_recorded")
    assert len(events) == 4 and all(each.details == "{}" for each in events)


async def test_a_disability_is_told_under_its_own_consent_and_goes_with_it(browser) -> None:
    client = await builders.client()
    visitor = await browser(client)
    refused = await visitor.form("/me/fairness/disability", {"disability": "yes"})
    assert refused.status_code == 422 and await Consent.count() == 0
    await visitor.form("/me/fairness/disability", {"disability": "yes", "agree": "yes"})
    told = await attributes.of_client(client.client)
    assert told and told.disability is True
    assert await consent.current(client.client, ConsentPurpose.FAIRNESS)
    assert await consent.current(client.client, ConsentPurpose.BLIND_CARD) is None
    await visitor.form("/me/fairness/disability/ending")
    told = await attributes.of_client(client.client)
    assert told and told.disability is None and told.consent is None


async def test_staff_record_how_a_disability_was_volunteered(browser) -> None:
    staff = await builders.staff()
    client = await builders.client(staff)
    visitor, base = await browser(staff), f"/clients/{client.client}/fairness"
    assert (await visitor.form(f"{base}/disability", {"disability": "no"})).status_code == 422
    assert (await visitor.form(f"{base}/disability", {"disability": "no", **HEARD})).status_code == 303
    told = await attributes.of_client(client.client)
    assert told and told.disability is False
    # Withdrawn from elsewhere, it is erased all the same.
    await consent.withdraw(await record_of(client), ConsentPurpose.FAIRNESS, by=client)
    told = await attributes.of_client(client.client)
    assert told and told.disability is None


async def test_another_office_does_not_find_the_form(browser) -> None:
    client = await builders.client()
    other = await browser(await builders.staff(await builders.office("Kantor Lain")))
    assert (await other.get(f"/clients/{client.client}/fairness")).status_code == 404


async def test_what_is_told_moves_no_score_and_no_order() -> None:
    staff = await builders.staff()
    clients = await crowd(staff, "mfmfm")
    document = await open_vacancy()

    async def scores() -> list[tuple[int, float]]:
        return [(each.client, each.score) for each in await seekers.for_vacancy(document, staff)]

    before = await scores()
    assert len(before) == 5
    for client in clients:
        await attributes.record_sex(await record_of(client), Sex.FEMALE, by=staff)
        await attributes.volunteer(await record_of(client), True, by=client)
    assert await scores() == before
    assert [each.client for each in (await for_page(document, staff, 30))[0]] == [id for id, _ in before]


async def test_the_report_compares_exposure_with_those_eligible_and_the_page_shows_it(browser) -> None:
    staff, administrator = await builders.staff(), await builders.administrator()
    await crowd(staff, "m" * 12 + "f" * 12)
    await open_vacancy()
    visitor = await browser(administrator)
    assert "Belum pernah dihitung" in (await visitor.get("/fairness")).text
    assert (await visitor.form("/fairness/reports")).status_code == 303
    text = (await visitor.get("/fairness")).text
    assert "24 klien yang memenuhi syarat" in text and "Porsi tampil" in text
    report = await reports.newest()
    assert report and report.made_by == administrator.person
    figures = json.loads(report.figures)
    female, male = figures["attributes"]["sex"]["groups"]
    assert (female["eligible"], female["share"], female["exposure"], female["ratio"]) == (12, 0.5, 0.0, 0.0)
    assert (male["exposure"], male["ratio"]) == (1.0, 2.0)
    cost = figures["costs"]["sex"]
    assert not cost["hidden"] and cost["lists"] == cost["changed"] == 1 and cost["before"] >= cost["after"]


async def test_small_groups_and_their_complements_are_not_shown(browser) -> None:
    staff, administrator = await builders.staff(), await builders.administrator()
    clients = await crowd(staff, "m" * 14 + "f" * 10)
    await attributes.volunteer(await record_of(clients[0]), True, by=clients[0])
    await open_vacancy()
    visitor = await browser(administrator)
    await visitor.form("/fairness/reports")
    report = await reports.newest()
    assert report
    found = json.loads(report.figures)["attributes"]
    for attribute in ("sex", "disability"):
        assert all(row["hidden"] and row["eligible"] is None for row in found[attribute]["groups"])
        assert found[attribute]["told"] is None
    assert TOO_FEW in (await visitor.get("/fairness")).text.lower()


@pytest.mark.parametrize("told", ["m" * 14 + "f" * 10, "m" * 12 + "f" * 12 + "?"])
async def test_what_evening_costs_is_not_told_of_small_groups(browser, told: str) -> None:
    """Neither of one that told nothing: it is a group of the evened list like the others."""
    staff = await builders.staff()
    await crowd(staff, told.strip("?"))
    for _ in range(told.count("?")):
        await builders.client(staff, skills=FOUR, profile={"travel_km": 20})
    await open_vacancy()
    visitor = await browser(await builders.administrator())
    await visitor.form("/fairness/reports")
    report = await reports.newest()
    assert report
    cost = json.loads(report.figures)["costs"]["sex"]
    assert cost.pop("hidden") and set(cost.values()) == {None}
    row = (await visitor.get("/fairness")).text.split('id="cost"')[1].split("Jenis kelamin")[1]
    assert TOO_FEW in row.split("</tr>")[0]


async def test_costs_of_small_groups_in_an_older_report_are_not_shown_either(browser) -> None:
    staff = await builders.staff()
    await crowd(staff, "m" * 14 + "f" * 10)
    await open_vacancy()
    await reports.make(by=None)
    report = await reports.newest()
    assert report
    figures = json.loads(report.figures)
    figures["costs"]["sex"] = {"lists": 7, "changed": 3, "wider": 2, "before": 0.777, "after": 0.666}
    await FairnessReport.update({FairnessReport.figures: json.dumps(figures)}, force=True)
    text = (await (await browser(await builders.administrator())).get("/fairness")).text
    assert "77,7" not in text and "66,6" not in text and "3 dari 7" not in text


async def test_a_second_tap_makes_no_second_report(browser) -> None:
    visitor = await browser(await builders.administrator())
    key = once_of((await visitor.get("/fairness")).text.split("/fairness/reports")[1])
    for _ in range(2):
        assert (await visitor.form("/fairness/reports", {"once": key})).status_code == 303
    assert await FairnessReport.count() == 1


async def test_the_command_prints_what_the_page_shows() -> None:
    from portal.commands import fairness

    figures = await fairness.work()
    assert figures["vacancies"] == 0 and set(figures["attributes"]) == {"sex", "age", "disability"}
    assert "sex" in fairness.in_words(figures) and json.dumps(figures)


async def test_lists_are_evened_only_while_an_administrator_has_turned_it_on(browser) -> None:
    staff, administrator = await builders.staff(), await builders.administrator()
    clients = [each.client for each in await crowd(staff, "m" * 8 + "f" * 8)]
    document = await open_vacancy()
    page, admin = await browser(staff), await browser(administrator)
    address = f"/vacancies/{document.id}/candidates"

    async def top() -> list[int]:
        return [each.client for each in (await for_page(document, staff, 10))[0]]

    assert await top() == clients[:10] and LINE not in (await page.get(address)).text
    assert (await admin.form("/fairness/bounds", {"attribute": "sex", "bound": "7"})).status_code == 422
    assert (await admin.form("/fairness/bounds", {"attribute": "sex", "bound": "10"})).status_code == 303
    evened = await top()
    assert sum(client in clients[8:] for client in evened) == 4 and evened[0] == clients[0]
    assert LINE in (await page.get(address)).text
    told = await page.get(f"/clients/{clients[0]}/fairness")
    assert "Saat ini jenis kelamin juga dipakai" in told.text
    await admin.form("/fairness/bounds", {"attribute": "off"})
    assert await top() == clients[:10] and LINE not in (await page.get(address)).text
    rows = await FairnessBound.objects().order_by(FairnessBound.id)
    assert [(row.attribute, row.bound, row.set_by) for row in rows] == [
        ("sex", 10, administrator.person),
        (None, None, administrator.person),
    ]


async def test_an_evened_page_reads_the_groups_of_a_bounded_sample(monkeypatch) -> None:
    staff = await builders.staff()
    clients = [each.client for each in await crowd(staff, "m" * 8 + "f" * 8)]
    document = await open_vacancy()
    await bounds.put(Evened.SEX, 10, by=await builders.administrator())
    asked: list[list[int]] = []
    real = groups.read

    async def read(ids: Any = None) -> groups.Groups:
        asked.append(list(ids))
        return await real(ids)

    monkeypatch.setattr(evening, "MOST", 6)
    monkeypatch.setattr(evening.groups, "read", read)
    order = [each.client for each in (await for_page(document, staff, 3))[0]]
    assert len(order) == 3 and set(order) <= set(clients)
    [ids] = asked
    sample = await finding.sample(document, staff, 6)
    assert set(ids) == set(sample) | set(clients) and len(sample) == 6


async def test_a_sample_is_the_same_at_every_look_and_everybody_where_they_are_few() -> None:
    staff = await builders.staff()
    clients = [each.client for each in await crowd(staff, "mf" * 10)]
    document = await open_vacancy()
    few = await finding.sample(document, staff, 6)
    assert few == await finding.sample(document, staff, 6) and len(set(few)) == 6
    assert set(await finding.sample(document, staff, 20)) == set(clients)
    assert few != clients[:6] and few != clients[-6:], "neither who registered first nor who did last"
    other = await open_vacancy()
    assert await finding.sample(other, staff, 6) != few, "nobody is left out of every vacancy's sample"


async def test_a_partner_sees_evened_cards_and_is_told(browser) -> None:
    staff, partner = await builders.staff(), await builders.partner()
    employer = await builders.employer(partner)
    clients = await crowd(staff, "mmmff")
    for client in clients:
        await consent.give(await record_of(client), ConsentPurpose.BLIND_CARD, by=client)
    vacancy = await builders.vacancy(partner, essential=FOUR, occupation="tukang-las")
    await bounds.put(Evened.SEX, 10, by=await builders.administrator())
    text = (await (await browser(employer)).get(f"/partner/vacancies/{vacancy.id}/candidates")).text
    assert LINE in text and text.count("candidate flow tight") == 5
    assert "Perempuan" not in text and "Laki-laki" not in text


async def test_nothing_is_kept_of_a_client_who_never_told_anything() -> None:
    await builders.client()
    assert await FairnessAttribute.count() == 0
