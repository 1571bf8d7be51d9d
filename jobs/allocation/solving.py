"""Who gets which position: the assignment of the greatest total fit, and what first come, first served would give.

Pure: a matrix goes in, numbers of rows and columns come out. Fit is 0 to 1; a pair that must not be is NaN.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array, eye_array, hstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

NOBODY = -1
"""Stands in `chosen` where a client is assigned nothing."""
SPARSE = 0.2
"""Where fewer of the pairs are possible than this, the solver that looks at those alone is the faster one."""


@dataclass(frozen=True)
class Assignment:
    """For each client the column of a vacancy, or NOBODY; and their fit, NaN where there is none."""

    chosen: np.ndarray
    fits: np.ndarray

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Client and vacancy of everybody who is assigned one."""
        placed = np.flatnonzero(self.chosen != NOBODY)
        return list(zip(placed.tolist(), self.chosen[placed].tolist(), strict=True))

    @property
    def unassigned(self) -> list[int]:
        return np.flatnonzero(self.chosen == NOBODY).tolist()

    @property
    def total(self) -> float:
        return float(np.nansum(self.fits))

    @property
    def placed(self) -> int:
        return int((self.chosen != NOBODY).sum())

    @property
    def lowest(self) -> float | None:
        """The lowest fit of those who are assigned something."""
        return float(np.nanmin(self.fits)) if self.placed else None


def allocate(fit: np.ndarray, capacity: np.ndarray, floor: float) -> Assignment:
    """The assignment of the greatest total fit of all that fill no vacancy beyond its capacity and assign nobody below the floor.

    `fit` has a row for each client, whoever has waited longest first, and a column for each vacancy. Being assigned nothing
    counts as 0. Exact; of two clients who fit a position equally well, the one who has waited longer is not left out for the other.
    """
    _check(fit, capacity, floor)
    allowed = _allowed(fit, floor)
    chosen = np.full(len(fit), NOBODY, dtype=np.int64)
    # Whoever fits nothing, and what nobody fits, cannot be part of an assignment, and the solver's work grows with them.
    rows = np.flatnonzero(allowed.any(axis=1))
    wanted = allowed.sum(axis=0)
    columns = np.flatnonzero((wanted > 0) & (capacity > 0))
    if len(rows) and len(columns):
        # More positions of a vacancy than there are clients for it are never filled.
        positions = np.repeat(columns, np.minimum(capacity[columns], wanted[columns]))
        dense = wanted.sum() > SPARSE * fit.size
        clients, taken = (_by_all if dense else _by_possible)(fit, allowed, rows, positions)
        chosen[clients] = taken
    _longest_waiting_first(fit, allowed, chosen)
    return _assignment(fit, chosen)


def first_come(fit: np.ndarray, capacity: np.ndarray, floor: float) -> Assignment:
    """What comes of taking turns: each client in order of the rows takes the best position that is left to them."""
    _check(fit, capacity, floor)
    allowed, left = _allowed(fit, floor), capacity.copy()
    chosen = np.full(len(fit), NOBODY, dtype=np.int64)
    for client in np.flatnonzero(allowed.any(axis=1)):
        open_to = np.where(allowed[client] & (left > 0), fit[client], -1.0)
        best = int(open_to.argmax())
        if open_to[best] >= 0:
            chosen[client] = best
            left[best] -= 1
    return _assignment(fit, chosen)


def _check(fit: np.ndarray, capacity: np.ndarray, floor: float) -> None:
    if fit.ndim != 2 or capacity.shape != fit.shape[1:]:
        raise ValueError(f"{fit.shape} fits and capacities of {capacity.shape} do not belong together")
    if not 0 <= floor <= 1:
        raise ValueError(f"a floor is a fit from 0 to 1, not {floor}")
    if (capacity < 0).any():
        raise ValueError("a vacancy has no fewer than no positions")
    # These two pass over NaN, and make no copy of the whole.
    if fit.size and (np.fmin.reduce(fit, axis=None) < 0 or np.fmax.reduce(fit, axis=None) > 1):
        raise ValueError("a fit is from 0 to 1, or NaN")


def _allowed(fit: np.ndarray, floor: float) -> np.ndarray:
    """Comparisons with NaN are false, so a pair that must not be is below every floor."""
    return np.asarray(fit >= floor)


def _by_all(
    fit: np.ndarray, allowed: np.ndarray, rows: np.ndarray, positions: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Clients and their vacancies. No pair costs nothing, as being assigned nothing does, so nobody needs a column."""
    costs = np.negative(fit, out=np.zeros_like(fit), where=allowed)
    if len(rows) < len(fit) or not np.array_equal(positions, np.arange(fit.shape[1])):
        costs = costs[np.ix_(rows, positions)]
    own, taken = linear_sum_assignment(costs)
    clients, vacancies = rows[own], positions[taken]
    real = allowed[clients, vacancies]
    return clients[real], vacancies[real]


def _by_possible(
    fit: np.ndarray, allowed: np.ndarray, rows: np.ndarray, positions: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The same from the possible pairs alone. This solver assigns every row, so each has a column of its own for nothing."""
    own, vacancies = np.nonzero(allowed)
    # Two less the fit, for a cost of zero would count as no pair.
    costs = csr_array((2.0 - fit[own, vacancies], (own, vacancies)), shape=fit.shape)
    with_nobody = hstack([costs[rows][:, positions], 2.0 * eye_array(len(rows))], format="csr")
    own, taken = min_weight_full_bipartite_matching(with_nobody)
    real = taken < len(positions)
    return rows[own[real]], positions[taken[real]]


def _longest_waiting_first(fit: np.ndarray, allowed: np.ndarray, chosen: np.ndarray) -> None:
    """Gives a position to whoever has waited longer of two whom it fits equally, which leaves the total as it is."""
    # Asked of each in turn, because whoever loses a position may take over the next.
    for client in np.flatnonzero(allowed.any(axis=1)).tolist():
        if chosen[client] == NOBODY:
            _take_over(fit, allowed, chosen, client)


def _take_over(fit: np.ndarray, allowed: np.ndarray, chosen: np.ndarray, client: int) -> None:
    later = np.arange(client + 1, len(chosen))
    later = later[chosen[later] != NOBODY]
    theirs = chosen[later]
    equal = later[allowed[client, theirs] & (fit[client, theirs] == fit[later, theirs])]
    if len(equal):
        chosen[client], chosen[equal[-1]] = chosen[equal[-1]], NOBODY


def _assignment(fit: np.ndarray, chosen: np.ndarray) -> Assignment:
    fits = np.full(len(fit), np.nan)
    placed = chosen != NOBODY
    fits[placed] = fit[placed, chosen[placed]]
    return Assignment(chosen, fits)
