"""One tap, one result: the key of a creating form is spent with the first result."""

import secrets
from collections.abc import Awaitable, Callable

from portal.database import change
from portal.people import Actor
from portal.sessions import hashed
from portal.tables import Once


def new_key() -> str:
    return secrets.token_urlsafe(18)


async def once(key: str, make: Callable[[], Awaitable[str]], *, by: Actor) -> str:
    """The address `make` returns; for a key this person has spent, the address of the first time, and `make` is not run.

    Of two at once the second waits in the database for the first to commit. Without a key it just runs `make`.
    """
    async with change(by=by):
        if not key:
            return await make()
        # The form belongs to the key, or what one form made would come back as the result of another.
        spent = hashed(f"{by.person}:{make.__qualname__}:{key}")
        fresh = (
            await Once.insert(Once(key=spent, person=by.person, result=""))
            .on_conflict(target=Once.key, action="DO NOTHING")
            .returning(Once.key)
        )
        if not fresh:
            [row] = await Once.select(Once.result).where(Once.key == spent)
            return row["result"]
        result = await make()
        await Once.update({Once.result: result}).where(Once.key == spent)
        return result
