"""Clients for a vacancy: by name for staff, as blind cards for its partner; and the client's own say in it."""

from jobs.pages.seekers.answering import JobInvitations
from jobs.pages.seekers.by_name import VacancyCandidates
from jobs.pages.seekers.for_partner import BlindCards
from jobs.pages.seekers.own_card import ClientCard, OwnCard

ROUTES: list = [VacancyCandidates, BlindCards, OwnCard, ClientCard, JobInvitations]
