"""Pages of what a client can do."""

from training.pages import profiles, words

ROUTES = [*profiles.ROUTES, *words.ROUTES]
