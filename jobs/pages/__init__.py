"""Pages of vacancies and what becomes of them."""

from jobs.pages import api, applications, clients, employer, matches, partners, placements, reviews, search

ROUTES = [
    *search.ROUTES,
    *api.ROUTES,
    *matches.ROUTES,
    *applications.ROUTES,
    *employer.ROUTES,
    *reviews.ROUTES,
    *partners.ROUTES,
    *clients.ROUTES,
    *placements.ROUTES,
]
