"""A graded Indonesian set: people, vacancies, and what a caseworker would say about each pair."""
