"""An employer's vacancies and the applications to them."""

ROUTES: list = []
