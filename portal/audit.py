"""What happened, by whom."""

import json
from typing import Any

from portal.conf import DB
from portal.people import Actor
from portal.tables import Event


async def record(subject: str, action: str, *, by: Actor | None, **details: Any) -> None:
    """One event row about `subject` ("application:7"), in the transaction of the change it tells of.

    `details` hold codes and ids, never names, contacts or free text of people.
    """
    if not DB.transaction_exists():
        raise RuntimeError("A change and its event must commit together.")
    await Event(
        subject=subject, action=action, by=by.person if by else None, details=json.dumps(details)
    ).save()
