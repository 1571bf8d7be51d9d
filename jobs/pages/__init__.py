"""Pages of vacancies and what becomes of them."""

from litestar.types import ControllerRouterHandler

from jobs.pages import (
    allocations,
    api,
    applications,
    clients,
    employer,
    fairness,
    inbox,
    matches,
    partners,
    placements,
    reviews,
    search,
    seekers,
    standing,
    vacancies,
)

ROUTES: list[ControllerRouterHandler] = [
    *allocations.ROUTES,
    *api.ROUTES,
    *applications.ROUTES,
    *clients.ROUTES,
    *employer.ROUTES,
    *fairness.ROUTES,
    *inbox.ROUTES,
    *matches.ROUTES,
    *partners.ROUTES,
    *placements.ROUTES,
    *reviews.ROUTES,
    *search.ROUTES,
    *seekers.ROUTES,
    *standing.ROUTES,
    *vacancies.ROUTES,
]
