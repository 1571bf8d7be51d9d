"""Clients for a vacancy: found and read in the database, since no client is ever in an index, and ranked by the score."""

from jobs.seekers.ranking import Candidate, for_vacancy

__all__ = ["Candidate", "for_vacancy"]
