"""Pages of vacancies and what becomes of them."""

from litestar.types import ControllerRouterHandler

from jobs.pages import (
    api,
    applications,
    clients,
    employer,
    inbox,
    matches,
    partners,
    placements,
    reviews,
    search,
    seekers,
    vacancies,
)

ROUTES: list[ControllerRouterHandler] = [
    *api.ROUTES,
    *applications.ROUTES,
    *clients.ROUTES,
    *employer.ROUTES,
    *inbox.ROUTES,
    *matches.ROUTES,
    *partners.ROUTES,
    *placements.ROUTES,
    *reviews.ROUTES,
    *search.ROUTES,
    *seekers.ROUTES,
    *vacancies.ROUTES,
]
