"""What a person can do of a trade, by the caseworker's rules: the kindest rule counts."""

from collections.abc import Callable

from tests.bench.grading.reading import Ladder, Person, Trade, trade_of, trades

TOMORROW, TALK, LAST, NO = 3, 2, 1, 0
"""Would send the person there tomorrow; would talk it over; only if there is nothing else; no."""
KNOWS_IT_MONTHS = 3
"""Whoever stayed three months in a trade was of use there."""
MASTERS_IT_MONTHS = 12
# Telling skills on paper, no more: how many make which standing, by how the trade is entered.
TOLD = {
    Ladder.SIMPLE: {1: TALK, 2: TOMORROW},
    Ladder.ENTRY: {1: LAST, 2: TALK, 3: TOMORROW},
    Ladder.SKILLED: {1: LAST, 2: TALK, 3: TOMORROW},
}
CARRYING = {
    "kerja-fisik",
    "angkat-barang-aman",
    "bongkar-muat-manual",
    "panggul-karung",
    "angkut-bahan-bangunan",
}
WISHED = {Ladder.SIMPLE: TOMORROW, Ladder.ENTRY: TALK, Ladder.SKILLED: LAST}


def does_it(person: Person, trade: Trade) -> int:
    """Worked in it for months, or was trained for it: tomorrow. A few weeks of it only: talk it over."""
    months = sum(person.occupations.get(occupation, 0) for occupation in trade.occupations)
    if months >= KNOWS_IT_MONTHS or trade.id in person.trained:
        return TOMORROW
    return TALK if months else NO


def comes_from_a_neighbour(person: Person, trade: Trade) -> int:
    """Comes from a trade whose people do this one at once, after a week beside somebody, or at a pinch.

    A course alone, or a few weeks, is one step less than years: the neighbouring trade was never seen. But the work
    beneath a trade is where its beginners start, and those with a year in it would be talked down to.
    """
    return max([NO, *(_come(origin, months, trade) for origin, months in _origins(person))])


def tells_it_by_skills(person: Person, trade: Trade) -> int:
    """Names skills that tell of the trade. Two are enough for simple work; any other needs three to be believed without
    a history, and two to be worth a talk. Where they come from a trade whose table speaks of this one, the
    table knows better."""
    if any(_moved(origin, trade) for origin, _ in _origins(person)):
        return NO
    told = len(trade.told_by & (person.skills | person.certificates))
    return max([NO, *(standing for count, standing in TOLD[trade.ladder].items() if told >= count)])


def is_told_a_neighbour(person: Person, trade: Trade) -> int:
    """Has no history at all, but skills that tell of a neighbouring trade: one step less than they are believed there,
    and than a worker from there."""
    if person.occupations or person.trained:
        return NO
    near = [origin for origin in trades().values() if _moved(origin, trade) >= TALK]
    return max([NO, *(min(tells_it_by_skills(person, origin), _moved(origin, trade)) - 1 for origin in near)])


def wishes_it(person: Person, trade: Trade) -> int:
    """Wants it. Who follows a wish stays, who is sent along leaves: simple work is theirs tomorrow, work learnt on the
    job is worth a talk, and a skilled trade too where they bring something of it."""
    if trade.id not in {trade_of()[wish] for wish in person.wishes}:
        return NO
    brings = max(comes_from_a_neighbour(person, trade), tells_it_by_skills(person, trade))
    return max(WISHED[trade.ladder], TALK if brings else NO)


def anybody_can(person: Person, trade: Trade) -> int:
    """Simple work, only if nothing else, for whoever has no skilled trade to go back to; carrying and digging only for
    those who say that they can carry, or have done such work."""
    origins = [origin for origin, _ in _origins(person)]
    learnt = any(origin.ladder is Ladder.SKILLED for origin in origins)
    carries = bool(CARRYING & person.skills) or any(origin.heavy or origin.rural for origin in origins)
    return LAST if trade.ladder is Ladder.SIMPLE and not learnt and (carries or not trade.heavy) else NO


STANDING: tuple[Callable[[Person, Trade], int], ...] = (
    does_it,
    comes_from_a_neighbour,
    tells_it_by_skills,
    is_told_a_neighbour,
    wishes_it,
    anybody_can,
)


def standing(person: Person, trade: Trade) -> int:
    """What is left before any obstacle: the kindest of the rules about the work itself."""
    return max(rule(person, trade) for rule in STANDING)


def _moved(origin: Trade, trade: Trade) -> int:
    if trade.id in origin.at_once:
        return TOMORROW
    if trade.id in origin.with_help:
        return TALK
    return LAST if trade.id in origin.at_a_pinch else NO


def _come(origin: Trade, months: int, trade: Trade) -> int:
    if trade.id in origin.beneath and months < MASTERS_IT_MONTHS:
        return TOMORROW
    return _moved(origin, trade) - (months < KNOWS_IT_MONTHS)


def _origins(person: Person) -> list[tuple[Trade, int]]:
    """The trades they come from, each with the months in it: none after a course alone."""
    months: dict[str, int] = dict.fromkeys(person.trained, 0)
    for occupation, worked in person.occupations.items():
        trade = trade_of()[occupation]
        months[trade] = months.get(trade, 0) + worked
    return [(trades()[trade], worked) for trade, worked in months.items()]
