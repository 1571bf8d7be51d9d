"""Cocok untuk Anda: a client's best vacancies, and what their caseworker proposes."""

ROUTES: list = []
