"""The demo story's sign-ins, one for each role, and whether the story is loaded."""

from portal.tables import Event

LOADED = ("demo", "loaded")
"""Subject and action of the event that says so."""
PASSWORD = "percobaan-2026"
ACCOUNTS = [
    ("Klien", "081200000001", PASSWORD),
    ("Pemberi kerja", "mitra@contoh.test", PASSWORD),
    ("Petugas", "petugas@contoh.test", PASSWORD),
    ("Pengelola", "admin@contoh.test", PASSWORD),
]


async def accounts() -> list[tuple[str, str, str]]:
    """Role as people call it, login and password; empty unless the demo story is loaded."""
    subject, action = LOADED
    loaded = await Event.exists().where(Event.subject == subject, Event.action == action)
    return ACCOUNTS if loaded else []
