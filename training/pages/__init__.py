"""Pages of what a client can do."""

from training.pages import profiles

ROUTES = [*profiles.ROUTES]
