"""Vacancies, queries, and written rules for which of them answer which."""
