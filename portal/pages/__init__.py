"""The pages that belong to none of the apps."""

from portal.pages import words, invitations, me, offices, sessions

ROUTES = [*sessions.ROUTES, *invitations.ROUTES, *me.ROUTES, *offices.ROUTES, *words.ROUTES]
