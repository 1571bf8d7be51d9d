"""Words about the portal itself: help, privacy, the list of components."""

ROUTES: list = []
