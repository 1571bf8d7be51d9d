"""The fairness report, for administrators; and what a client tells for it, with staff or by themselves."""

from jobs.pages.fairness.report import Fairness
from jobs.pages.fairness.telling import ClientFairness, OwnFairness

ROUTES: list = [Fairness, OwnFairness, ClientFairness]
