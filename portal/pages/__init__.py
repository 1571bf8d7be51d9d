"""The pages that belong to none of the apps."""

from portal.pages import invitations, me, offices, sessions, words

ROUTES = [*sessions.ROUTES, *invitations.ROUTES, *me.ROUTES, *offices.ROUTES, *words.ROUTES]
