"""An application: sending it, following it, moving it."""

ROUTES: list = []
