"""Partners, for staff who register, verify and invite them; and a partner's own page."""

ROUTES: list = []
