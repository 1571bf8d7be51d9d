"""Courses at hand for staff: recorded, looked after, and which clients are on the way to one."""

from training.pages.programmes import editing, enrolled, listing, one

ROUTES = [*listing.ROUTES, *editing.ROUTES, *one.ROUTES, *enrolled.ROUTES]
