"""Pembagian lowongan: an office's clients assigned to open positions at once, changed, and sent."""

from jobs.pages.allocations.assignments import Assignments
from jobs.pages.allocations.making import NewAllocation
from jobs.pages.allocations.pages import Allocations

ROUTES = [Allocations, NewAllocation, Assignments]
