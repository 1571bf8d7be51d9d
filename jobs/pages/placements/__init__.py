"""Placements, check-ins and who is due today."""

from jobs.pages.placements.due import CheckIns, Due
from jobs.pages.placements.work import ClientPlacements, Placements

ROUTES = [Due, CheckIns, Placements, ClientPlacements]
