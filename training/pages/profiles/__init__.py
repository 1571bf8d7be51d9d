"""A client's skills profile, built by the caseworker with them and seen by both."""

from training.pages.profiles.pages import OwnProfile
from training.pages.profiles.staff import StaffProfile
from training.pages.profiles.words import OccupationWords, SkillWords

ROUTES = [StaffProfile, OwnProfile, SkillWords, OccupationWords]
