"""The lookup by which every page below /clients/{client_id} finds its client, or finds nothing."""

from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from portal import clients
from portal.tables import Client


async def visible_client(request: HTMXRequest, client_id: FromPath[int]) -> Client:
    """The client, if this person may see them; another office's is as unknown as none."""
    client = await clients.visible_to(request.user).where(Client.id == client_id).first()
    if client is None:
        raise NotFoundException("Klien ini tidak ada di kantor Anda.")
    return client
