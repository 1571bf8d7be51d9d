"""The pages that belong to none of the apps."""

from litestar.types import ControllerRouterHandler

from portal.pages import invitations, me, offices, sessions, words

ROUTES: list[ControllerRouterHandler] = [
    *sessions.ROUTES,
    *invitations.ROUTES,
    *me.ROUTES,
    *offices.ROUTES,
    *words.ROUTES,
]
