"""Fits the weights of training/vocabulary/evidence.py on the development half and prints them, with how a five-fold
cross-validation of that half fares: `python -m tests.bench.fit_vocabulary`. The test half is not read."""

import numpy as np

from training.bench.labelled import Half, Kind, Labelled, of_half, skill_phrases, titles
from training.vocabulary import vocabulary
from training.vocabulary.evidence import Evidence, of_occupations, of_skills
from training.vocabulary.meant import told
from training.vocabulary.resolving import Resolver, occupations, skills

STEPS, RATE, RIDGE, FOLDS = 600, 0.05, 1e-3, 5


def fit(evidence: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of a softmax over occupations, by Adam; several right answers share what the model gives them."""
    weights = np.full(evidence.shape[1], 3.0)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        score = np.einsum("f,rfn->rn", weights, evidence)
        likely = np.exp(score - score.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        wanted = likely * right
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
        slope = np.einsum("rn,rfn->f", likely - wanted, evidence) / len(evidence) + RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def report(name: str, evidence: Evidence, texts: list[Labelled], resolver: Resolver) -> None:
    cases = [
        case for case in of_half(texts, Half.DEVELOPMENT) if case.ids and case.kind is not Kind.AMBIGUOUS
    ]
    kinds, right = [], np.zeros((len(cases), len(evidence.ids)))
    for row, case in enumerate(cases):
        words, named = told(case.text, resolver, evidence)
        kinds.append(evidence.kinds(words, {each.id: each.score for each in named}))
        right[row, [evidence.places[id] for id in case.ids]] = 1
    stacked = np.stack(kinds)
    fold = np.arange(len(cases)) % FOLDS
    first, chance = np.zeros(len(cases), bool), np.zeros(len(cases))
    for held in range(FOLDS):
        weights = fit(stacked[fold != held], right[fold != held])
        for row in np.flatnonzero(fold == held):
            score = weights @ stacked[row]
            likely = np.exp(score - score.max())
            likely /= likely.sum()
            best = int(likely.argmax())
            first[row], chance[row] = right[row, best] == 1, likely[best]
    print(name, tuple(round(float(each), 2) for each in fit(stacked, right)))
    print(f"  cross-validated hit@1 {first.mean():.3f}")
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        sure = chance >= bar
        print(f"  sure from {bar}: {sure.mean():.3f} of the texts, {first[sure].mean():.3f} of them right")


if __name__ == "__main__":
    report("occupations", of_occupations(vocabulary()), titles(), occupations())
    report("skills", of_skills(vocabulary()), skill_phrases(), skills())
