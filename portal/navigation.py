"""The few places each role can go, as the masthead and the phone's bottom bar show them."""

from dataclasses import dataclass

from portal.people import Actor
from portal.tables import Role


@dataclass(frozen=True)
class Place:
    href: str
    label: str
    icon: str
    current: bool = False


PLACES: dict[Role, tuple[tuple[str, str, str], ...]] = {
    Role.CLIENT: (
        ("/matches", "Cocok", "match"),
        ("/", "Cari", "search"),
        ("/applications", "Lamaran", "letter"),
        ("/me", "Saya", "person"),
    ),
    Role.EMPLOYER: (
        ("/partner/applications", "Lamaran", "letter"),
        ("/partner/vacancies", "Lowongan", "case"),
        ("/partner", "Organisasi", "house"),
        ("/me", "Akun", "person"),
    ),
    Role.STAFF: (
        ("/due", "Hari ini", "clock"),
        ("/clients", "Klien", "people"),
        ("/reviews", "Lowongan", "case"),
        ("/partners", "Mitra", "house"),
        ("/me", "Akun", "person"),
    ),
    Role.ADMINISTRATOR: (
        ("/reviews", "Lowongan", "case"),
        ("/clients", "Klien", "people"),
        ("/partners", "Mitra", "house"),
        ("/offices", "Kantor", "pin"),
        ("/words", "Kata", "chat"),
        ("/me", "Akun", "person"),
    ),
}


# Pages below an address that is nobody's place, and the places they belong to, the first that the person has.
BELONGS: dict[str, tuple[str, ...]] = {
    "/vacancies/": ("/", "/partner/vacancies", "/reviews"),
    "/applications/": ("/partner/applications", "/clients"),
    "/placements/": ("/clients",),
    "/proposals/": ("/matches", "/clients"),
    "/index": ("/me",),
    "/fairness": ("/me",),
    "/allocations": ("/clients",),
    "/programmes": ("/clients",),
    "/enrolments/": ("/clients",),
}


def places_for(actor: Actor | None, path: str) -> list[Place]:
    """The actor's places; the one whose address is the longest beginning of `path` is current."""
    if actor is None:
        return []
    places = PLACES[actor.role]
    fitting = [href for href, _, _ in places if path == href or (href != "/" and path.startswith(href + "/"))]
    if not fitting:
        own = {href for href, _, _ in places}
        homes = next((homes for start, homes in BELONGS.items() if path.startswith(start)), ())
        fitting = [href for href in homes if href in own][:1]
    current = max(fitting, key=len, default=None)
    return [Place(href, label, icon, href == current) for href, label, icon in places]
