"""Pages of vacancies and what becomes of them."""

from jobs.pages import (
    api,
    applications,
    clients,
    employer,
    inbox,
    matches,
    placements,
    reviews,
    search,
    vacancies,
)

ROUTES = [
    *search.ROUTES,
    *vacancies.ROUTES,
    *api.ROUTES,
    *matches.ROUTES,
    *applications.ROUTES,
    *inbox.ROUTES,
    *employer.ROUTES,
    *reviews.ROUTES,
    *clients.ROUTES,
    *placements.ROUTES,
]
