"""What a good caseworker would say about a person and a vacancy, as written rules.

3: would send the person there tomorrow. 2: would talk it over with them. 1: only if there is nothing else. 0: no.

The rules were written from the caseworker's chair, beside `trades.toml`, where who can do what is judged trade by trade.
They compare no skill list with another, and share no weight with the product's formula. A pair starts with what the
person can do of that trade (`STANDING`, the best of its rules), and every obstacle takes steps away (`OBSTACLES`).
"""

from collections.abc import Callable, Iterable
from functools import cache

from portal.places import distance_km, regions
from tests.bench.grading.reading import Ladder, Person, Trade, trade_of, trades
from tests.bench.grading.vacancies import Vacancy

TOMORROW, TALK, LAST, NO = 3, 2, 1, 0
NEVER = 3
"""Steps that leave nothing of any standing."""
KNOWS_IT_MONTHS = 3
"""Whoever stayed three months in a trade was of use there."""
SLACK_KM = 10
"""No matter, as places are known by the middle of a regency only."""
PART_OF_DAY = 0.6
"""What part-time work has to pay of a month's hope."""
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
# UU 22/2009: a higher SIM covers the lower ones.
COVERS = {
    "sim-a-umum": {"sim-a"},
    "sim-b1": {"sim-a"},
    "sim-b1-umum": {"sim-a", "sim-a-umum", "sim-b1"},
}
# Whoever already has the hand for it gets this paper in weeks: (skills or occupations that show it, steps with them,
# steps without).
PAPERS = {
    "sim-c": ({"mengemudi-motor", "aplikasi-ojol", "kurir-motor", "ojek-online"}, 1, 2),
    "sim-a": ({"mengemudi-mobil", "kemudi-pikap", "sopir-pikap", "sopir-truk", "sim-b1-umum"}, 1, 3),
    "sim-b1-umum": ({"sopir-truk", "kemudi-truk-sedang"}, 2, 3),
    "gada-pratama": ({"satpam", "penjaga-malam", "jaga-pos"}, 1, 2),
    "sio-forklift": ({"kemudi-forklift", "operator-forklift"}, 1, 3),
    "penjamah-pangan": ({"higiene-pangan", "juru-masak", "juru-masak-katering"}, 0, 1),
    "stpt-penyehat-tradisional": ({"terapis-pijat", "terapis-spa", "pijat-badan", "pijat-refleksi"}, 1, 2),
    "buku-pelaut": ({"nelayan", "abk-kapal-ikan"}, 1, 3),
    "bst-pelaut": ({"nelayan", "abk-kapal-ikan"}, 1, 3),
}


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
    told = {origin.id: tells_it_by_skills(person, origin) for origin in trades().values()}
    return max([NO, *(min(there, _moved(trades()[origin], trade)) - 1 for origin, there in told.items())])


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


def too_far(person: Person, vacancy: Vacancy) -> int:
    """Within what they can travel: fine. Half as far again: a talk about a room or a lift. To two and a half times: last
    resort. Beyond: no. Without a limit told, 20, 35 and 50 km. A place not told is most likely elsewhere in the country."""
    if vacancy.region is None:
        return 2
    kilometres = _kilometres(person.region, vacancy.region)
    limit = person.travel_km
    bounds = (
        (20, 35, 50) if limit is None else (limit + SLACK_KM, limit * 1.5 + SLACK_KM, limit * 2.5 + SLACK_KM)
    )
    return sum(kilometres > bound for bound in bounds)


def at_night(person: Person, vacancy: Vacancy) -> int:
    """Whoever does not work at night is not asked to."""
    return NEVER if vacancy.night and person.no_night else 0


def lacks_a_paper(person: Person, vacancy: Vacancy) -> int:
    """A licence the law demands comes first. With the hand for it, it takes weeks and a talk; without, it is a course
    and an exam before the work, or years. Not known whether they have it: ask. Several are got in one go."""
    if person.licences is None:
        return 1 if vacancy.licences else 0
    held = person.licences.union(*(COVERS.get(licence, set()) for licence in person.licences))
    shown = person.skills | set(person.occupations) | person.licences
    steps = [
        with_hand if hand & shown else without
        for hand, with_hand, without in (PAPERS[licence] for licence in vacancy.licences - held)
    ]
    return max([0, *steps])


def school_is_short(person: Person, vacancy: Vacancy) -> int:
    """One level short: the caseworker telephones the employer first. Two: hardly. Not known: ask where SMA is asked."""
    asked = vacancy.education or 0
    if person.education is None:
        return int(asked >= 30)
    return min(2, max(0, asked - person.education) // 10)


def pays_less(person: Person, vacancy: Vacancy) -> int:
    """Measured by the best it pays: down to 85 % of what they hope for is a talk, to 70 % the last resort. Part of the
    day need pay only its part, and is a talk all the same. Wages not told are asked about on the telephone."""
    part = int(vacancy.type == "part_time")
    if vacancy.wage is None or not person.wage_min:
        return part
    share = vacancy.wage[1] / person.wage_min
    if share >= 1:
        return 0
    return part + sum(share < bound * (PART_OF_DAY if part else 1) for bound in (1.0, 0.85, 0.7))


def asks_a_speciality(person: Person, vacancy: Vacancy) -> int:
    """Names something that is not learnt in a week and that the person does not name: ask whether they know it."""
    return int(vacancy.special is not None and vacancy.special not in person.skills | person.certificates)


def is_below_them(person: Person, vacancy: Vacancy) -> int:
    """An apprenticeship for somebody with a year in the trade: only if they want to begin anew."""
    trade = trades()[vacancy.trade]
    months = sum(person.occupations.get(occupation, 0) for occupation in trade.occupations)
    return int(vacancy.type == "apprenticeship" and months >= MASTERS_IT_MONTHS)


def is_refused(person: Person, vacancy: Vacancy) -> int:
    """A trade that the person has said they will not do."""
    return NEVER if vacancy.trade in person.refuses else 0


OBSTACLES: tuple[Callable[[Person, Vacancy], int], ...] = (
    too_far,
    at_night,
    lacks_a_paper,
    school_is_short,
    pays_less,
    asks_a_speciality,
    is_below_them,
    is_refused,
)


def grade(person: Person, vacancy: Vacancy) -> int:
    """The judgement, 0 to 3."""
    return graded(person, [vacancy])[vacancy.id]


def graded(person: Person, vacancies: Iterable[Vacancy]) -> dict[str, int]:
    """The judgements by vacancy. Obstacles add up: two that can be lifted are as bad as one that hardly can be."""
    standings = {trade.id: standing(person, trade) for trade in trades().values()}
    return {
        each.id: _left(person, each, left) if (left := standings[each.trade]) else NO for each in vacancies
    }


def _left(person: Person, vacancy: Vacancy, left: int) -> int:
    for obstacle in OBSTACLES:
        left -= obstacle(person, vacancy)
        if left <= NO:
            return NO
    return left


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


@cache
def _kilometres(one: str, other: str) -> float:
    return distance_km(regions()[one], regions()[other])
