"""What an index has yet to catch up with."""

from portal.conf import DB
from portal.tables import Outbox

CHANNEL = "outbox"
"""NOTIFY channel that wakes the drainer when the transaction commits."""


async def touch(index: str, *ids: object) -> None:
    """Marks documents as changed, in the transaction that changes their rows."""
    transaction = DB.current_transaction.get()
    if transaction is None:
        raise RuntimeError("A change and its outbox row must commit together.")
    if ids:
        await Outbox.insert(*(Outbox(index=index, document=str(id)) for id in ids))
        await transaction.connection.execute(f"NOTIFY {CHANNEL}")
