"""Caseload: registering clients and doing with them whatever the portal can do."""

from jobs.pages.clients.caseload import Caseload, Registration
from jobs.pages.clients.record import Record
from jobs.pages.clients.signing_in import SigningIn

ROUTES = [Caseload, Registration, Record, SigningIn]
