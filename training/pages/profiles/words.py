"""Skills while somebody types: a fragment below the field, and a page for whoever wants to look one up."""

from litestar import Controller, Response, get
from litestar.plugins.htmx import HTMXRequest

from portal.html import page, wants_fragment
from training.vocabulary import vocabulary
from training.vocabulary.searching import skills_like


class SkillWords(Controller):
    path = "/vocabulary/skills"

    @get()
    async def find(self, request: HTMXRequest) -> Response[str]:
        words = vocabulary()
        text = request.query_params.get("q", "")[:200]
        # Of several words the last is the one being typed.
        typing = text.replace(";", ",").replace("\n", ",").rsplit(",", 1)[-1].strip()
        ticked = [id for id in request.query_params.getall("skills", []) if id in words.skills][:50]
        found = [skill for skill in skills_like(typing) if skill.id not in ticked]
        return page(
            request,
            "training/skill_picks.html" if wants_fragment(request) else "training/skills.html",
            text=text,
            ticked=[(id, words.skills[id].label) for id in dict.fromkeys(ticked)],
            found=[(skill.id, skill.label, words.groups[skill.group]) for skill in found],
        )
