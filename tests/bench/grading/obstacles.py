"""What stands between a person and a vacancy, by the caseworker's rules: how many steps each takes from the judgement."""

from collections.abc import Callable
from functools import cache

from portal.places import distance_km, regions
from tests.bench.grading.reading import Person, trades
from tests.bench.grading.standing import MASTERS_IT_MONTHS
from tests.bench.grading.vacancies import Vacancy

NEVER = 3
"""Steps that leave nothing of any standing."""
SLACK_KM = 10
"""No matter, as places are known by the middle of a regency only."""
PARTS = {"part_time": 0.6, "apprenticeship": 0.7}
"""What has to be paid of a month's hope where nobody expects a whole wage."""
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
    day and an apprenticeship need pay only their part, and are a talk all the same. Wages not told are asked about on
    the telephone."""
    part = PARTS.get(vacancy.type)
    if vacancy.wage is None or not person.wage_min:
        return int(part is not None)
    share = vacancy.wage[1] / person.wage_min
    if share >= 1:
        return 0
    return (part is not None) + sum(share < bound * (part or 1) for bound in (1.0, 0.85, 0.7))


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


@cache
def _kilometres(one: str, other: str) -> float:
    return distance_km(regions()[one], regions()[other])
