"""The words: occupations, skills and licences, as reviewed text files beside this module.

Ids never change: a row that is no longer wanted stays, with `retired = true`.
"""

from training.vocabulary.reading import (
    Occupation,
    Skill,
    Vocabulary,
    read,
    shipped,
    vocabulary,
    while_words_last,
)
from training.vocabulary.spelling import plain

__all__ = ["Occupation", "Skill", "Vocabulary", "plain", "read", "shipped", "vocabulary", "while_words_last"]
