"""Proposed words, for administrators: what people type and the vocabulary does not know yet."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from portal.access import only
from portal.forms import number_in
from portal.html import go, on, page
from portal.tables import Role
from training.pages.decisions import Decision, DecisionForm, meant, near_entries
from training.tables import WordKind, WordProposal, WordState
from training.vocabulary import deciding, vocabulary
from training.vocabulary.deciding import Changed, NotPossible

PER_PAGE = 20
LAST_PAGE = 10_000
KINDS = {WordKind.OCCUPATION: "Pekerjaan", WordKind.SKILL: "Keterampilan"}
DECIDED = [WordState.JOINED.value, WordState.ACCEPTED.value, WordState.REFUSED.value]


SAID = {
    Decision.JOIN: "Kata digabungkan. Pencarian dan pencocokan sudah mengenalnya.",
    Decision.ACCEPT: "Keterampilan baru sudah ada dalam daftar.",
    Decision.REFUSE: "Kata ditolak.",
    Decision.REOPEN: "Keputusan dibatalkan. Kata ini terbuka lagi.",
}


@dataclass(frozen=True)
class Shown:
    """A proposed word as its row says it."""

    id: int
    word: str
    kind: str
    kind_label: str
    facts: str
    near: list[tuple[str, str]]
    decided: str
    """What was decided, in words; empty while it is open."""
    can_reopen: bool


def shown(row: dict[str, Any]) -> Shown:
    kind, state = WordKind(row["kind"]), WordState(row["state"])
    source = "ditulis di profil atau lowongan" if row["proposed_by"] else "dicari orang"
    return Shown(
        id=row["id"],
        word=row["word"],
        kind=kind.value,
        kind_label=KINDS[kind],
        facts=f"{row['typed']} kali {source}, terakhir {on(row['typed_at'])}",
        near=near_entries(row["word"], kind) if state is WordState.OPEN else [],
        decided=_decided(state, row["entry"]),
        can_reopen=state in (WordState.JOINED, WordState.REFUSED),
    )


def _decided(state: WordState, entry: str | None) -> str:
    words = vocabulary()
    known: Any = words.occupations.get(entry or "") or words.skills.get(entry or "")
    label = known.label if known else entry
    return {
        WordState.OPEN: "",
        WordState.JOINED: f"Berarti {label}",
        WordState.ACCEPTED: f"Keterampilan baru: {label}",
        WordState.REFUSED: "Ditolak",
    }[state]


class ProposedWords(Controller):
    path = "/words"
    guards = [only(Role.ADMINISTRATOR)]

    @get()
    async def index(self, request: HTMXRequest) -> Response[str]:
        return await render(request)

    @post("/{word_id:int}/decisions")
    async def decide(self, request: HTMXRequest, word_id: FromPath[int]) -> Response[Any]:
        proposal = await WordProposal.objects().get(WordProposal.id == word_id)
        if proposal is None:
            raise NotFoundException("Kata ini tidak ada.")
        form, typed, errors = DecisionForm.of(await request.form())
        if form is None:
            return await render(request, proposal, 422, typed, errors)
        try:
            await carry_out(proposal, form, request)
        except Changed as problem:
            return await render(request, proposal, 409, {}, {"to": str(problem)})
        except NotPossible as problem:
            return await render(request, proposal, 422, typed, {"to": str(problem)})
        return go(request, "/words", said=SAID[form.to])


async def carry_out(proposal: WordProposal, form: DecisionForm, request: HTMXRequest) -> None:
    """Raises NotPossible with a sentence."""
    if form.to is Decision.JOIN:
        found = meant({"entry": form.entry, "kind": form.kind, "name": form.name})
        assert found
        await deciding.join(proposal, *found, by=request.user)
    elif form.to is Decision.ACCEPT:
        await deciding.accept(proposal, form.label or "", form.group, by=request.user)
    elif form.to is Decision.REFUSE:
        await deciding.refuse(proposal, by=request.user)
    else:
        await deciding.reopen(proposal, by=request.user)


async def render(
    request: HTMXRequest,
    failed: WordProposal | None = None,
    status: int = 200,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
) -> Response[str]:
    """The list; after a decision that failed with that word first, wherever it stood."""
    sent = request.query_params
    kind = next((each for each in WordKind if each == sent.get("kind")), None)
    decided = sent.get("state") == "decided" and failed is None
    number = number_in(sent.get("page", "")) or 1
    number = max(1, min(number, LAST_PAGE))
    wanted: Any = WordProposal.state.is_in(DECIDED if decided else [WordState.OPEN.value])
    if kind:
        wanted = wanted & (WordProposal.kind == kind)
    if failed:
        wanted = wanted & (WordProposal.id != failed.id)
    order = WordProposal.typed_at if decided else WordProposal.typed
    rows = (
        await WordProposal.select()
        .where(wanted)
        .order_by(order, WordProposal.typed_at, ascending=False)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    if failed:
        rows = [*await WordProposal.select().where(WordProposal.id == failed.id), *rows]
    pages = -(-await WordProposal.count().where(wanted) // PER_PAGE)

    def address(number: int) -> str:
        asked = {
            "kind": kind or "",
            "state": "decided" if decided else "",
            "page": number if number > 1 else "",
        }
        text = urlencode({name: value for name, value in asked.items() if value})
        return f"/words?{text}" if text else "/words"

    return page(
        request,
        "training/words.html",
        status=status,
        rows=[shown(row) for row in rows],
        kind=kind,
        kinds=list(KINDS.items()),
        decided=decided,
        groups=sorted(vocabulary().groups.items(), key=lambda pair: pair[1]),
        failed=failed.id if failed else 0,
        typed=typed or {},
        errors=errors or {},
        number=number,
        pages=pages,
        address_of=address,
    )


ROUTES = [ProposedWords]
