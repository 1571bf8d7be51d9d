"""Pages of what a client can do."""

from training.pages import profiles, programmes, words

ROUTES = [*profiles.ROUTES, *programmes.ROUTES, *words.ROUTES]
