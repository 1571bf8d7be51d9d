"""Words while somebody types: a fragment below the field, and a page for whoever wants to look one up."""

from dataclasses import dataclass

from litestar import Controller, Response, get
from litestar.plugins.htmx import HTMXRequest

from portal.html import page, wants_fragment
from training.vocabulary import vocabulary
from training.vocabulary.resolving import occupation_of
from training.vocabulary.searching import near_occupations, occupations_like, said, skills_like

LONGEST = 1_500
MOST_TICKED = 50


@dataclass(frozen=True)
class Box:
    """A field of a form for words, the boxes to tick below it, and where on the page they stand."""

    ticks: str
    id: str


SKILL_BOXES = {
    "q": Box("skills", "suggestions"),
    "proves": Box("skills", "proves-suggestions"),
    "more_essential": Box("essential", "more_essential-suggestions"),
    "more_useful": Box("useful", "more_useful-suggestions"),
}
"""Name of the field -> what is offered below it. The forms read the ticked boxes; these pages only offer them."""
WISHES = Box("wished", "wishes-suggestions")


def being_typed(text: str) -> str:
    """Of several words the last."""
    return text[-LONGEST:].replace(";", ",").replace("\n", ",").rsplit(",", 1)[-1].strip()[:200]


class SkillWords(Controller):
    path = "/vocabulary/skills"

    @get()
    async def find(self, request: HTMXRequest) -> Response[str]:
        words, sent = vocabulary(), request.query_params
        field = sent.get("of", "q")
        box = SKILL_BOXES.get(field, SKILL_BOXES["q"])
        text = sent.get(field if field in SKILL_BOXES else "q", "")
        typing = being_typed(text)
        ticked = [id for id in sent.getall(box.ticks, []) if id in words.skills][:MOST_TICKED]
        found = [skill for skill in skills_like(typing) if skill.id not in ticked]
        return page(
            request,
            "training/picks.html" if wants_fragment(request) else "training/skills.html",
            text=text[:200],
            box=box,
            ticked=[(id, words.skills[id].label) for id in dict.fromkeys(ticked)],
            found=[(skill.id, said(skill, typing), words.groups[skill.group]) for skill in found],
        )


class OccupationWords(Controller):
    path = "/vocabulary/occupations"

    @get()
    async def find(self, request: HTMXRequest) -> Response[str]:
        """Trades by words; with `of=title` how a title would be read."""
        words, sent = vocabulary(), request.query_params
        if sent.get("of") == "title" and wants_fragment(request):
            return _reading(request, sent.get("title", "")[:200])
        text = sent.get("wishes" if sent.get("of") == "wishes" else "q", "")
        typing = being_typed(text)
        ticked = [id for id in sent.getall(WISHES.ticks, []) if id in words.occupations][:MOST_TICKED]
        found = [trade for trade in occupations_like(typing) if trade.id not in ticked]
        return page(
            request,
            "training/picks.html" if wants_fragment(request) else "training/occupations.html",
            text=text[:200],
            box=WISHES,
            ticked=[(id, words.occupations[id].label) for id in dict.fromkeys(ticked)],
            found=[(trade.id, said(trade, typing), trade.about) for trade in found],
        )


def _reading(request: HTMXRequest, title: str) -> Response[str]:
    trade = occupation_of(title)
    near = [] if trade or len(title) < 3 else [each.label for each in near_occupations(title)]
    return page(request, "training/title_read.html", trade=trade.label if trade else "", near=near)
