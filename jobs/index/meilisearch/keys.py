"""Keys that open one index and no more, made from the master key where that is what was given."""

from collections.abc import Sequence
from dataclasses import dataclass

from meilisearch_python_sdk import AsyncClient
from meilisearch_python_sdk.models.client import Key, KeyCreate

from jobs.index.meilisearch.errors import Refused, Unavailable, supported, told_apart

SEARCHING = ["search", "documents.get"]
WRITING = [
    "search",
    "documents.add",
    "documents.get",
    "documents.delete",
    "indexes.create",
    "indexes.get",
    "indexes.delete",
    "indexes.swap",
    "settings.update",
    "settings.get",
    "tasks.get",
    "stats.get",
]
MOST_KEYS = 200
LIMITED = ("invalid_api_key", "missing_master_key")


@dataclass(frozen=True)
class Keys:
    search: str
    write: str
    version: str | None = None
    """Of the server; None where the key may not ask for it."""


async def scoped(client: AsyncClient, given: str, index: str) -> Keys:
    """A key for searching and one for writing, found by name or made; the given one for both where it is no master.

    They are found again by what they are called and allowed, so that ten processes make two keys and not twenty.
    Raises Unavailable, and Refused for a server of a version that does not fit.
    """
    try:
        with told_apart():
            version = (await client.get_version()).pkg_version
            kept = (await client.get_keys(limit=MOST_KEYS)).results
    except (Unavailable, Refused) as problem:
        # The server knows the key and does not let it see keys: it is limited already, or none is needed.
        if getattr(problem.__cause__, "code", "") in LIMITED:
            return Keys(given, given)
        raise
    if unfit := supported(version):
        raise Refused(unfit)
    search = await _key(client, kept, f"vacancy search: {index}", SEARCHING, index)
    write = await _key(client, kept, f"vacancy index: {index}", WRITING, index)
    return Keys(search, write, version)


async def _key(client: AsyncClient, kept: Sequence[Key], name: str, actions: list[str], index: str) -> str:
    indexes = [index, f"{index}_*"]
    for key in kept:
        if key.name == name and sorted(key.actions) == sorted(actions) and sorted(key.indexes) == indexes:
            return key.key
    with told_apart():
        made = await client.create_key(
            KeyCreate(name=name, description="Made by the portal.", actions=actions, indexes=indexes)
        )
    if not made.key:
        raise Refused("the server made a key and did not say it")
    return made.key
