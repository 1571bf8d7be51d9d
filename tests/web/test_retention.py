"""How long things are kept: each rule deletes what is older and leaves what is younger or still in force."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobs import recommendations, retention
from jobs.tables import (
    AsideReason,
    Avoidance,
    Avoided,
    CardExclusion,
    CardView,
    JobInvitation,
    Proposal,
    SetAside,
    Vacancy,
    VacancyState,
)
from portal.commands.worker import table
from portal.people import Actor
from portal.settings import ROOT, read
from portal.tables import Client, Consent, ConsentChannel, ConsentPurpose
from tests import builders

pytestmark = pytest.mark.anyio
NOW = datetime(2031, 5, 20, 9, tzinfo=UTC)
RULES = {rule.what: rule for rule in retention.RULES}


@dataclass
class Case:
    client: Actor
    vacancy: Vacancy
    employer: Actor
    partner: Any

    @property
    def about(self) -> dict[str, Any]:
        return {"client": self.client.client, "vacancy": self.vacancy.id}


@pytest.fixture
async def case() -> Case:
    partner = await builders.partner()
    client = await builders.client()
    return Case(client, await builders.vacancy(partner), await builders.employer(partner), partner)


def around(what: str) -> tuple[datetime, datetime]:
    """A day before and a day after the moment from which on things are kept."""
    first = NOW - RULES[what].kept
    return first - timedelta(days=1), first + timedelta(days=1)


async def closed(since: datetime) -> Vacancy:
    vacancy = await builders.vacancy()
    await Vacancy.update({Vacancy.state: VacancyState.CLOSED, Vacancy.changed_at: since}).where(
        Vacancy.id == vacancy.id
    )
    return vacancy


async def test_who_looked_is_told_for_a_year(case: Case) -> None:
    days = [moment.date() for moment in around("card_view")]
    for day in days:
        await CardView(**case.about, seen_by=case.employer.person, seen_on=day).save()
    await retention.prune(NOW)
    assert [row.seen_on for row in await CardView.objects()] == days[1:]


async def test_an_exclusion_is_kept_while_it_holds_and_a_year_longer(case: Case) -> None:
    old, new = around("card_exclusion")
    for until in (old, new, None):
        partner = await builders.partner()
        await CardExclusion(
            client=case.client.client,
            partner=partner.id,
            since=old - timedelta(days=900),
            made_by=case.client.person,
            until=until,
        ).save()
    await retention.prune(NOW)
    assert [row.until for row in await CardExclusion.objects().order_by(CardExclusion.id)] == [new, None]


async def test_the_words_around_a_proposal_go_and_its_answer_stays(case: Case) -> None:
    for moment in (*around("proposal.answer_note"), None):
        await Proposal(
            client=(await builders.client()).client,
            vacancy=case.vacancy.id,
            message="Dekat rumah Ibu",
            made_by=case.employer.person,
            answer="declined" if moment else "open",
            answer_note="Ibu sedang sakit" if moment else "",
            answered_at=moment,
        ).save()
    await retention.prune(NOW)
    told = [
        (row.message, row.answer_note, row.answer) for row in await Proposal.objects().order_by(Proposal.id)
    ]
    assert told == [
        ("", "", "declined"),
        ("Dekat rumah Ibu", "Ibu sedang sakit", "declined"),
        ("Dekat rumah Ibu", "", "open"),
    ]
    old, _ = around("proposal.answer_note")
    await Vacancy.update({Vacancy.state: VacancyState.CLOSED, Vacancy.changed_at: old}, force=True).where(
        Vacancy.id == case.vacancy.id
    )
    await retention.prune(NOW)
    assert {row.message for row in await Proposal.objects()} == {""}, "its vacancy ended long ago"


async def test_the_words_of_an_answer_go_before_the_answer(case: Case) -> None:
    for moment in around("job_invitation.answer_note"):
        client = await builders.client()
        await JobInvitation(
            client=client.client,
            vacancy=case.vacancy.id,
            handle="ABC234",
            made_by=case.employer.person,
            answer="declined",
            answer_note="Terlalu jauh",
            answered_at=moment,
        ).save()
    await retention.prune(NOW)
    rows = await JobInvitation.objects().order_by(JobInvitation.id)
    assert [(row.answer, row.answer_note) for row in rows] == [("declined", ""), ("declined", "Terlalu jauh")]


async def test_an_invitation_outlives_its_vacancy_by_a_year_and_never_goes_before(case: Case) -> None:
    old, new = around("job_invitation")
    vacancies = [await closed(old), await closed(new), case.vacancy]
    for vacancy in vacancies:
        await JobInvitation(
            client=case.client.client,
            vacancy=vacancy.id,
            handle="ABC234",
            made_by=case.employer.person,
            made_at=old - timedelta(days=900),
        ).save()
    await Vacancy.update({Vacancy.changed_at: old}).where(Vacancy.id == case.vacancy.id)
    await retention.prune(NOW)
    left = {row.vacancy for row in await JobInvitation.objects()}
    assert left == {vacancies[1].id, case.vacancy.id}, "an open vacancy keeps its invited cards closed"


async def test_what_was_set_aside_goes_half_a_year_after_it_says_anything(case: Case) -> None:
    old, new = around("set_aside")
    rows = [
        (case.vacancy, AsideReason.OTHER, old),
        (case.vacancy, AsideReason.WAGE, new),
        (case.vacancy, AsideReason.FIELD, None),
        (await closed(old), AsideReason.TOO_FAR, None),
        (await closed(old), AsideReason.EMPLOYER, None),
        (await closed(new), AsideReason.WAGE, None),
    ]
    for vacancy, reason, undone in rows:
        await SetAside(
            client=case.client.client,
            vacancy=vacancy.id,
            reason=reason,
            made_by=case.client.person,
            made_at=old - timedelta(days=900),
            undone_at=undone,
            undone_by=case.client.person if undone else None,
        ).save()
    await retention.prune(NOW)
    left = [row.reason for row in await SetAside.objects().order_by(SetAside.id)]
    assert left == ["wage", "field", "employer", "wage"], "what keeps other vacancies away still does"


async def test_what_was_kept_away_from_goes_half_a_year_after_its_end(case: Case) -> None:
    old, new = around("avoidance")
    for tag, until in zip(Avoided, (old, new, None), strict=True):
        await Avoidance(
            client=case.client.client,
            tag=tag,
            since=old - timedelta(days=900),
            made_by=case.client.person,
            until=until,
        ).save()
    await retention.prune(NOW)
    assert [row.until for row in await Avoidance.objects().order_by(Avoidance.id)] == [new, None]


async def test_a_consent_is_proved_for_two_years_after_its_end_and_while_it_holds(case: Case) -> None:
    old, new = around("consent")
    for ended in (old, new, None):
        await Consent(
            client=case.client.client,
            purpose=ConsentPurpose.BLIND_CARD,
            text_version="1",
            channel=ConsentChannel.OWN,
            given_at=old - timedelta(days=900),
            given_by=case.client.person,
            withdrawn_at=ended,
            withdrawn_by=case.client.person if ended else None,
        ).save()
    await retention.prune(NOW)
    assert [row.withdrawn_at for row in await Consent.objects().order_by(Consent.id)] == [new, None]
    assert RULES["consent"].kept > RULES["card_view"].kept, "a view is never told without what allowed it"


async def test_what_a_client_said_goes_some_time_after_they_are_followed_no_more(case: Case) -> None:
    left = {}
    for days in (179, 181, 366, 731):
        client = await builders.client()
        await Client.update({Client.closed_on: NOW.date() - timedelta(days=days)}).where(
            Client.id == client.client
        )
        about = {"client": client.client, "made_by": client.person}
        await Avoidance(**about, tag=Avoided.ALCOHOL).save()
        await SetAside(**about, vacancy=case.vacancy.id, reason=AsideReason.FIELD).save()
        await CardExclusion(**about, partner=case.partner.id).save()
        await Consent(
            client=client.client,
            purpose=ConsentPurpose.BLIND_CARD,
            text_version="1",
            channel=ConsentChannel.OWN,
            given_by=client.person,
        ).save()
        left[client.client] = days
    await retention.prune(NOW)
    kept = {
        each: [left[row.client] for row in await each.objects().order_by(each.client)]
        for each in (Avoidance, SetAside, CardExclusion, Consent)
    }
    assert kept[Avoidance] == kept[SetAside] == [179]
    assert kept[CardExclusion] == [179, 181] and kept[Consent] == [179, 181, 366]


async def test_the_page_says_how_long_who_looked_is_kept(case: Case, browser: Any) -> None:
    assert "disimpan 12 bulan" in (await (await browser(case.client)).get("/me/card")).text


async def test_the_worker_does_it_every_day() -> None:
    [job] = [job for job in table(read()) if job.run is retention.prune]
    assert job.every == timedelta(days=1)


async def test_the_table_in_the_documents_is_the_one_that_is_used() -> None:
    told = (ROOT / "docs" / "retention.md").read_text()
    said = dict(re.findall(r"^\| `([\w.]+)` \| (\d+) days", told, re.MULTILINE))
    used = {rule.what: str(rule.kept.days) for rule in retention.RULES}
    assert said == used | {"recommendation": str(recommendations.KEPT.days)}
