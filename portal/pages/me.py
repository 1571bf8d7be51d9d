"""A person's own account: contacts, password, browsers, notices."""

ROUTES: list = []
