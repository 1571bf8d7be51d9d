"""Caseload: registering clients and doing with them whatever the portal can do."""

ROUTES: list = []
