"""The search page, which is the first page of all, and its suggestions."""

from jobs.pages.search.page import Search
from jobs.pages.search.suggestions import Suggestions

ROUTES = [Search, Suggestions]
