"""Placements, check-ins and who is due today."""

ROUTES: list = []
