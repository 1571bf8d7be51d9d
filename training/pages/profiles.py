"""A client's skills profile, built by the caseworker with them and seen by both."""

ROUTES: list = []
