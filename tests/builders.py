"""People, organisations and vacancies for tests: sensible by default, each value can be given."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from jobs.tables import Vacancy, VacancySkill, VacancyState
from partners.tables import Partner
from portal.people import Actor, acting_as
from portal.tables import Client, Membership, Organisation, OrganisationKind, Person, Role
from training.tables import Need, Profile, ProfileSkill, Programme, ProgrammeSkill, ProviderKind, Source

NUMBER = count(1)
BOGOR, BANDUNG, SURABAYA = "32.01", "32.73", "35.78"


async def office(name: str = "Kantor Bogor", region: str = BOGOR) -> Organisation:
    row = Organisation(kind=OrganisationKind.OFFICE, name=name, region=region)
    await row.save()
    return row


async def person(role: Role, organisation: Organisation, name: str = "", **more: Any) -> Actor:
    number = next(NUMBER)
    row = Person(name=name or f"{role} {number}", email=f"{role}{number}@contoh.test", **more)
    await row.save()
    await Membership(person=row.id, role=role, organisation=organisation.id, since=date(2025, 1, 1)).save()
    actor = await acting_as(row.id, role)
    assert actor
    return actor


async def staff(where: Organisation | None = None, **more: Any) -> Actor:
    return await person(Role.STAFF, where or await office(), **more)


async def administrator(where: Organisation | None = None, **more: Any) -> Actor:
    return await person(Role.ADMINISTRATOR, where or await office(), **more)


async def partner(name: str = "CV Logam Contoh", region: str = BOGOR) -> Partner:
    organisation = Organisation(kind=OrganisationKind.PARTNER, name=name, region=region)
    await organisation.save()
    row = Partner(organisation=organisation.id, verified_at=datetime.now(UTC))
    await row.save()
    return row


async def employer(of: Partner | None = None, **more: Any) -> Actor:
    of = of or await partner()
    organisation = await Organisation.objects().get(Organisation.id == of.organisation)
    assert organisation
    return await person(Role.EMPLOYER, organisation, **more)


async def client(
    caseworker: Actor | None = None,
    *,
    skills: dict[str, Source] | list[str] | None = None,
    born_on: date = date(1995, 5, 5),
    region: str = BOGOR,
    profile: dict[str, Any] | None = None,
    **more: Any,
) -> Actor:
    """A client of the caseworker's office, with a profile that holds `skills`."""
    caseworker = caseworker or await staff()
    where = await Organisation.objects().get(Organisation.id == caseworker.organisation)
    assert where
    actor = await person(Role.CLIENT, where, **more)
    record = Client(
        person=actor.person,
        office=where.id,
        caseworker=caseworker.person,
        born_on=born_on,
        region=region,
        opened_on=date(2025, 6, 1),
    )
    await record.save()
    row = Profile(client=record.id, **(profile or {}))
    await row.save()
    known = skills if isinstance(skills, dict) else dict.fromkeys(skills or [], Source.STATED)
    for skill, source in known.items():
        await ProfileSkill(profile=row.id, skill=skill, source=source).save()
    again = await acting_as(actor.person, Role.CLIENT)
    assert again
    return again


async def vacancy(
    of: Partner | None = None,
    *,
    essential: list[str] | None = None,
    useful: list[str] | None = None,
    state: VacancyState = VacancyState.PUBLISHED,
    **more: Any,
) -> Vacancy:
    """A vacancy row, published unless told otherwise; the index learns of it only by a drain."""
    of = of or await partner()
    organisation = await Organisation.objects().get(Organisation.id == of.organisation)
    assert organisation
    values: dict[str, Any] = {
        "partner": of.id,
        "employer_name": organisation.name,
        "title": "Tukang las konstruksi",
        "description": "Mengelas rangka baja ringan untuk gudang dan kanopi.",
        "region": BOGOR,
        "employment_type": "contract",
        "wage_min": 4_900_000,
        "wage_max": 5_400_000,
        "positions": 3,
        "state": state,
        "published_at": datetime.now(UTC) if state == VacancyState.PUBLISHED else None,
    }
    row = Vacancy(**{**values, **more})
    await row.save()
    for need, ids in ((Need.ESSENTIAL, essential or []), (Need.USEFUL, useful or [])):
        for skill in ids:
            await VacancySkill(vacancy=row.id, skill=skill, need=need).save()
    return row


async def programme(by: Actor, *, skills: list[str] | None = None, **more: Any) -> Programme:
    """An open course of the office of `by`, three weeks from now, that teaches `las-smaw` unless told otherwise."""
    values: dict[str, Any] = {
        "office": by.organisation,
        "title": "Las SMAW dasar",
        "provider_kind": ProviderKind.BLK,
        "provider": "BLK Contoh Bogor",
        "region": BOGOR,
        "begins_on": date.today() + timedelta(days=20),
        "certificate_kind": "competence",
        "certificate": "Juru las SMAW 1G",
        "how": "Daftar di loket dengan KTP.",
        "made_by": by.person,
    }
    row = Programme(**{**values, **more})
    await row.save()
    for skill in ["las-smaw"] if skills is None else skills:
        await ProgrammeSkill(programme=row.id, skill=skill).save()
    return row
