"""The search page, its suggestions, and a vacancy as everybody sees it."""

ROUTES: list = []
