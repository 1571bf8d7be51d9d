"""Cocok untuk Anda: a client's best vacancies, what their caseworker proposes, and applying for them."""

from jobs.pages.matches.aside import ClientAside, ClientHistory, OwnAside, OwnHistory
from jobs.pages.matches.courses import ClientCourses, OwnCourses
from jobs.pages.matches.explanation import ClientExplanation, OwnExplanation
from jobs.pages.matches.lists import ClientMatches, Matches
from jobs.pages.matches.on_behalf import OnBehalf
from jobs.pages.matches.proposals import ClientProposals, Proposals, VacancyProposals
from jobs.pages.matches.trying import ClientTrial, OwnTrial

ROUTES = [
    *(Matches, ClientMatches, ClientProposals, VacancyProposals, Proposals, OnBehalf),
    *(OwnAside, ClientAside, OwnHistory, ClientHistory, OwnTrial, ClientTrial),
    *(OwnExplanation, ClientExplanation, OwnCourses, ClientCourses),
]
