"""Vacancies that come from files: reading them, and bringing them in."""
