"""Vacancies that wait for staff before they are published."""

ROUTES: list = []
