"""The one explanation of a pair: what its page, its JSON, its printed sheet and the caseworker's view are all made of."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jobs.matching.demand import Adjusted
from jobs.matching.explanation import Labels, Listener, by_part, within
from jobs.matching.points import points, said
from jobs.matching.score import WORK_ENOUGH, Match, Name, Side
from jobs.matching.sheet_words import EMPLOYMENT_TYPES_IN_ENGLISH, SHEET_WORDS
from jobs.matching.telling import Openers, as_json

Told = dict[str, Any]


def sheet(
    found: Adjusted,
    labels: Labels,
    language: str = "id",
    listener: Listener = Listener.PERSON,
    openers: Openers | None = None,
    licensing: Openers | None = None,
) -> Told:
    """What `as_json` tells, and besides: `points` of 100 for each part and for what the queue adds or takes (`demand`,
    None where it changes nothing), which sum to the whole's; what each part rests on; what scales all of them; how much
    of what each of the two sides asks is there (`sides`); and the evidence and the way to what lacks in words. `score`
    heeds the queue, `fit` does not. KeyError as for `as_json`."""
    if language == "en":
        labels = replace(labels, employment_types=EMPLOYMENT_TYPES_IN_ENGLISH)
    told = as_json(found.match, labels, language, listener, openers, licensing)
    words = _Words(language, listener)
    told |= {"language": language, "fit": found.match.score, "score": found.score}
    told |= _summed(found, told["parts"], words)
    _say_parts(told["parts"], found.match, labels, words)
    told["scaled"] = _scaled(found.match, words)
    told["sides"] = list(_sides(found.match, words))
    for each in told["skills"]:
        through = labels.skills.get(each["through"], each["through"])
        near = each["near"] is not None
        each["said"] = words("near to", name=through) if near else words(f"evidence {each['evidence']}")
    told["todo"] = [{**each, "text": _way(each, words)} for each in told["todo"]]
    known = {each["id"] for each in told["todo"]}
    told["todo"] += [_plus(each, words) for each in told["missing"] if each["id"] not in known]
    return told


class _Words:
    """The words of one language to one listener."""

    def __init__(self, language: str, listener: Listener) -> None:
        self.language, self.listener = language, listener

    def __call__(self, key: str, **facts: object) -> str:
        words = SHEET_WORDS[self.language]
        return words.get(key + self.listener, words[key]).format(**facts)


def chrome(language: str, listener: Listener) -> Mapping[str, str]:
    """Headings and links for one listener, by key."""
    words = SHEET_WORDS[language]
    return {key: words.get(key + listener, text) for key, text in words.items() if "." not in key}


def _summed(found: Adjusted, parts: list[Told], words: _Words) -> Told:
    """Gives each part its points; returns the whole's and the line of the queue."""
    adds = found.contribution
    shown = points([*(part["contribution"] for part in parts), *([adds] if adds else [])])
    for part, each in zip(parts, shown, strict=False):
        part["points"] = each
    whole = round(sum(shown), 1)
    demand = None
    if adds:
        crowd = found.demand.crowd
        demand = {"label": words("demand"), "crowd": crowd.value, "contribution": adds, "points": shown[-1]}
        demand |= {"said": words("points", points=said(shown[-1], words.language, signed=True))}
        demand["rests"] = words(f"demand {crowd}")
    return {"points": whole, "said": words("total", points=said(whole, words.language)), "demand": demand}


def _say_parts(parts: list[Told], match: Match, labels: Labels, words: _Words) -> None:
    """Each part's points in words, the most it could give, and what it rests on."""
    reasons = by_part(match, labels, words.language, words.listener)
    for part in parts:
        # What is reached in full is told so, whichever way its last tenth was rounded.
        part["most"] = part["points"] if part["value"] >= 1 else round(100 * part["weight"], 1)
        figures = {"points": said(part["points"], words.language), "most": said(part["most"], words.language)}
        part["said"] = words("of", **figures)
        spoken = [each.text for each in reasons.get(Name(part["name"]), ())]
        if not spoken and part["name"] == Name.WISHES:
            spoken = [words("nothing avoided")]
        part["rests"] = spoken or [words("fits by", percent=round(100 * part["value"]))]


def _sides(match: Match, words: _Words) -> Iterator[Told]:
    """What each side asks and how much of it is there; both or none, because one alone says no more than the sum."""
    shares = {side: match.of_side(side) for side in Side}
    if None in shares.values():
        return
    for side, share in shares.items():
        percent = round(100 * (share or 0))
        yield {"name": side.value, "share": share, "said": words(f"side {side}", percent=percent)}


def _scaled(match: Match, words: _Words) -> str:
    """Why all parts together cannot give 100 points; empty where they can."""
    most = 100 * sum(part.weight_effective for part in match.parts)
    why = [words(f"scaled {each}") for each in _scales(match)]
    if not why or most > 99.95:
        return ""
    return words("scaled", most=said(most, words.language), why=", ".join(why))


def _scales(match: Match) -> Iterator[str]:
    """What scales all parts alike (score._weighed), by its word."""
    travel = match.profile.travel_km
    works = [each for each in map(match.part, (Name.SKILLS, Name.OCCUPATION)) if each is not None]
    if match.gates:
        yield "gates"
    if match.part(Name.HOURS) == 0:
        yield "hours"
    if travel is not None and match.distance_km is not None and match.distance_km > max(travel, 1.0):
        yield "far"
    if not works:
        yield "unknown"
    elif max(works) < WORK_ENOUGH:
        yield "work"


def _way(todo: Told, words: _Words) -> str:
    """One thing to do with where to begin: a course named already, else whom to ask or where a paper is made."""
    if todo["kind"] == "skill" and not todo["courses"]:
        return words("ask", text=todo["text"])
    key = f"prepare {todo['id']}"
    known = todo["kind"] == "document" and key in SHEET_WORDS[words.language]
    return words(key, text=todo["text"]) if known else todo["text"]


def _plus(lacks: Told, words: _Words) -> Told:
    """A skill that is only a plus and that no course at hand teaches: it may be learnt, and it stands last."""
    text = words("learn", name=within(lacks["label"]))
    return {"kind": "skill", "id": lacks["id"], "text": words("ask", text=text), "courses": [], "lead": ""}
