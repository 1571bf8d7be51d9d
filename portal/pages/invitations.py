"""One-time links: an invitation, a new password."""

ROUTES: list = []
