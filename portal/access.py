"""Who is asking, and whether they may."""

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.types import Guard

from portal import sessions
from portal.tables import Role

COOKIE = "portal_session"
LARGEST_ID = 2**31 - 1
LONGEST_NAME = 255


class Recognise(AbstractAuthenticationMiddleware):
    """Sets `request.user` to the acting person (portal.people.Actor), or to None."""

    async def authenticate_request(self, connection: ASGIConnection) -> AuthenticationResult:
        token = connection.cookies.get(COOKIE)
        actor = await sessions.recognise(token) if token else None
        return AuthenticationResult(user=actor, auth=None)


async def signed_in(connection: ASGIConnection, handler: BaseRouteHandler) -> None:
    """The app-wide guard: every page is private unless it says `public=True`.

    Asynchronous though it waits for nothing: Litestar runs a plain function in a thread, which costs as much as a query.
    """
    # Static files and OPTIONS pass no middleware, so their requests have no user to ask for.
    if not handler.opt.get("public") and connection.scope.get("user") is None:
        raise NotAuthorizedException("Masuk dulu untuk membuka halaman ini.")
    if not all(map(_possible, connection.path_params.values())):
        raise NotFoundException("Halaman ini tidak ada.")


def _possible(value: object) -> bool:
    """Whether anything could be there. PostgreSQL and the file system refuse the rest with errors of their own."""
    return 0 < value <= LARGEST_ID if isinstance(value, int) else "\0" not in str(value)


def only(*roles: Role) -> Guard:
    """A guard for pages of these roles. To everybody else the page does not exist."""

    async def guard(connection: ASGIConnection, _: BaseRouteHandler) -> None:
        if connection.scope.get("user") is None:
            raise NotAuthorizedException("Masuk dulu untuk membuka halaman ini.")
        if connection.user.role not in roles:
            raise PermissionDeniedException("Halaman ini bukan untuk peran Anda.")

    return guard


STAFF = only(Role.STAFF, Role.ADMINISTRATOR)
"""Aftercare staff and those who administer them."""
