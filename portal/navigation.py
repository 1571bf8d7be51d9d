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
    count: int = 0
    """How many things there wait for this person."""


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


# Pages below an address that is nobody's place, and the place they belong to.
BELONGS = {"/vacancies/": "/", "/applications/": "/partner/applications"}


def places_for(actor: Actor | None, path: str) -> list[Place]:
    """The actor's places; the one whose address is the longest beginning of `path` is current."""
    if actor is None:
        return []
    places = PLACES[actor.role]
    fitting = [href for href, _, _ in places if path == href or (href != "/" and path.startswith(href + "/"))]
    if not fitting:
        own = {href for href, _, _ in places}
        fitting = [href for start, href in BELONGS.items() if path.startswith(start) and href in own]
    current = max(fitting, key=len, default=None)
    return [
        Place(href, label, icon, href == current, actor.unread if href == "/me" else 0)
        for href, label, icon in places
    ]
