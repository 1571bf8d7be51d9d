"""Clients for a vacancy: by name for staff, as blind cards for its partner."""

from jobs.pages.seekers.by_name import VacancyCandidates

ROUTES: list = [VacancyCandidates]
