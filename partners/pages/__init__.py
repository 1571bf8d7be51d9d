"""Pages of employers."""

from partners.pages import partners

ROUTES = [*partners.ROUTES]
