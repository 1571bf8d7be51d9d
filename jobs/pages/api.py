"""Published vacancies as JSON, and whether the portal can answer."""

ROUTES: list = []
