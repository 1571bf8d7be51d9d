"""Offices and their staff, for administrators."""

ROUTES: list = []
