"""Vacancies and what becomes of them: applications, placements, check-ins."""

from enum import StrEnum

from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from partners.tables import Partner
from portal.tables import EMPTY, MAYBE, NOW, OWNED, PART_OF, Client, Organisation, Person, Region, one_of
from training.tables import Need, Occupation, Skill, WorkKind


class EmploymentType(StrEnum):
    """DOMAIN 3.6: kinds of contract, plus the two that are no employment or hardly one."""

    PERMANENT = "permanent"
    CONTRACT = "contract"
    DAILY = "daily"
    PART_TIME = "part_time"
    PIECEWORK = "piecework"
    APPRENTICESHIP = "apprenticeship"
    PARTNERSHIP = "partnership"


class PaperWhen(StrEnum):
    """When an employer wants to see SKCK or SKBN."""

    NEVER = "never"
    BEFORE_INTERVIEW = "before_interview"
    AFTER_OFFER = "after_offer"


class VacancyState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    PUBLISHED = "published"
    CLOSED = "closed"
    FILLED = "filled"


class Way(StrEnum):
    """How one applies: signed-in clients through the portal, or anybody directly with the employer."""

    PORTAL = "portal"
    DIRECT = "direct"


class Vacancy(Table):
    """Work on offer. Without a partner it came from a file, and carries its source and its employer's name."""

    id: Serial
    partner = ForeignKey(Partner, **MAYBE)
    employer_name = Varchar()
    """What the page shows; a partner's name is copied here when the vacancy is written."""
    title = Varchar()
    occupation = ForeignKey(Occupation, **MAYBE)
    description = Text()
    qualification = Text(default="")
    region = ForeignKey(Region, **MAYBE)
    locality = Varchar(**EMPTY)
    latitude = DoublePrecision(**EMPTY)
    longitude = DoublePrecision(**EMPTY)
    employment_type = Varchar(choices=EmploymentType, **EMPTY)
    hours = Varchar(default="")
    work_times = Array(base_column=Varchar(), **EMPTY)
    wage_min = Integer(**EMPTY)
    wage_max = Integer(**EMPTY)
    wage_shown = Boolean(default=True)
    education = SmallInt(**EMPTY)
    """Least level asked; null asks for none."""
    experience_months = Integer(default=0)
    licences = Array(base_column=Varchar(), default=list)
    skck = Varchar(choices=PaperWhen, default=PaperWhen.NEVER)
    skbn = Varchar(choices=PaperWhen, default=PaperWhen.NEVER)
    employer_pays_papers = Boolean(default=False)
    positions = Integer(default=1)
    closes_on = Date(**EMPTY)
    way = Varchar(choices=Way, default=Way.PORTAL)
    apply_at = Varchar(default="")
    """Link, address or phone of the employer, for `direct`."""
    state = Varchar(choices=VacancyState, default=VacancyState.DRAFT)
    review_note = Text(default="")
    """What staff asked to be changed, shown to the partner."""
    source = Varchar(length=40, default="")
    source_id = Varchar(length=200, **EMPTY)
    made_by = ForeignKey(Person, **MAYBE)
    made_at = Timestamptz(default=NOW)
    changed_at = Timestamptz(default=NOW)
    published_at = Timestamptz(index=True, **EMPTY)
    approved_by = ForeignKey(Person, **MAYBE)
    employment_type_is_known = one_of("employment_type", EmploymentType)
    vacancy_state_is_known = one_of("state", VacancyState)
    way_is_known = one_of("way", Way)
    skck_is_known = one_of("skck", PaperWhen)
    skbn_is_known = one_of("skbn", PaperWhen)
    wage_range_is_ordered = Check("wage_min > 0 AND wage_max >= wage_min")
    vacancy_has_positions = Check("positions BETWEEN 1 AND 9999")
    vacancy_education_is_a_level = Check("education IN (0, 10, 20, 30, 40, 50)")
    only_a_partner_takes_applications = Check("way = 'direct' OR partner IS NOT NULL")
    published_has_a_date = Check("state <> 'published' OR published_at IS NOT NULL")
    vacancy_is_imported_once = Unique(["source", "source_id"])


class VacancySkill(Table):
    id: Serial
    vacancy = ForeignKey(Vacancy, **PART_OF)
    skill = ForeignKey(Skill, **OWNED)
    need = Varchar(choices=Need)
    vacancy_need_is_known = one_of("need", Need)
    vacancy_names_a_skill_once = Unique(["vacancy", "skill"])


class State(StrEnum):
    SENT = "sent"
    IN_REVIEW = "in_review"
    INTERVIEW = "interview"
    OFFERED = "offered"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class DeclineReason(StrEnum):
    """Neutral reasons a candidate can use; none is about health or the past."""

    SKILLS = "skills"
    EXPERIENCE = "experience"
    FILLED = "filled"
    HOURS = "hours"
    DISTANCE = "distance"
    PAPERS = "papers"
    NO_SHOW = "no_show"
    OTHER = "other"


class Application(Table):
    """A client's application. `card` is what the employer was shown, kept as it was agreed to."""

    id: Serial
    vacancy = ForeignKey(Vacancy, **OWNED)
    client = ForeignKey(Client, **OWNED)
    number = Integer()
    """The candidate's number within the vacancy: "Kandidat 7"."""
    state = Varchar(choices=State, default=State.SENT)
    note = Text(default="")
    starts = Varchar(length=40, default="")
    card = JSONB()
    sent_by = ForeignKey(Person, **OWNED)
    """The client, or the caseworker who sent it with the agreement below."""
    agreement = Text(default="")
    """How the client agreed, in the words of the caseworker who applied for them."""
    interview_at = Timestamptz(**EMPTY)
    interview_place = Text(default="")
    decline_reason = Varchar(choices=DeclineReason, **EMPTY)
    decline_message = Text(default="")
    """The kind words the candidate reads."""
    employer_note = Text(default="")
    """For the employer's own people; never shown to the candidate."""
    withdrawal_note = Text(default="")
    """Why the client withdrew; never shown to the employer."""
    sent_at = Timestamptz(default=NOW)
    moved_at = Timestamptz(default=NOW)
    application_state_is_known = one_of("state", State)
    decline_reason_is_known = one_of("decline_reason", DeclineReason)
    decline_has_a_reason = Check("state <> 'declined' OR decline_reason IS NOT NULL")
    application_is_made_once = Unique(["vacancy", "client"])
    candidate_number_is_used_once = Unique(["vacancy", "number"])


class OutsideApplication(Table):
    """A client's own mark that they applied directly ("sudah melamar")."""

    id: Serial
    vacancy = ForeignKey(Vacancy, **OWNED)
    client = ForeignKey(Client, **OWNED)
    at = Timestamptz(default=NOW)
    outside_application_is_marked_once = Unique(["vacancy", "client"])


class ProposalAnswer(StrEnum):
    OPEN = "open"
    APPLIED = "applied"
    DECLINED = "declined"


class Proposal(Table):
    """A vacancy a caseworker suggests; the client applies or says no."""

    id: Serial
    vacancy = ForeignKey(Vacancy, **OWNED)
    client = ForeignKey(Client, **OWNED)
    message = Text(default="")
    made_by = ForeignKey(Person, **OWNED)
    made_at = Timestamptz(default=NOW)
    answer = Varchar(choices=ProposalAnswer, default=ProposalAnswer.OPEN)
    answer_note = Text(default="")
    answered_at = Timestamptz(**EMPTY)
    proposal_answer_is_known = one_of("answer", ProposalAnswer)
    vacancy_is_proposed_once = Unique(["vacancy", "client"])


class EndReason(StrEnum):
    """Neutral reasons for leaving work; none is about health."""

    CONTRACT_ENDED = "contract_ended"
    BETTER_WORK = "better_work"
    DISTANCE = "distance"
    HOURS = "hours"
    WAGE = "wage"
    FAMILY = "family"
    DISMISSED = "dismissed"
    OTHER = "other"


class Placement(Table):
    """A dated stretch of work, after a hire or begun by oneself; it ends, it is never overwritten."""

    id: Serial
    client = ForeignKey(Client, **OWNED)
    kind = Varchar(choices=WorkKind, default=WorkKind.EMPLOYED)
    application = ForeignKey(Application, unique=True, null=True, default=None, on_delete=OnDelete.restrict)
    employer_name = Varchar()
    """Empty where nobody employs: a business of one's own, work by the day."""
    title = Varchar()
    occupation = ForeignKey(Occupation, **MAYBE)
    started_on = Date()
    ended_on = Date(**EMPTY)
    end_reason = Varchar(choices=EndReason, **EMPTY)
    wage = Integer(**EMPTY)
    made_by = ForeignKey(Person, **OWNED)
    made_at = Timestamptz(default=NOW)
    placement_kind_is_known = one_of("kind", WorkKind)
    end_reason_is_known = one_of("end_reason", EndReason)
    placement_ends_after_it_begins = Check("ended_on >= started_on")
    an_end_has_a_reason = Check("(ended_on IS NULL) = (end_reason IS NULL)")


class Finding(StrEnum):
    WORKING = "working"
    CHANGED = "changed"
    LEFT = "left"
    UNREACHABLE = "unreachable"


class FindingSource(StrEnum):
    """Who said so, weakest last."""

    DOCUMENT = "document"
    EMPLOYER = "employer"
    CLIENT = "client"
    FAMILY = "family"


class CheckIn(Table):
    """A question due on a day after the hire; answered by `finding`, and by whom it is known."""

    id: Serial
    placement = ForeignKey(Placement, **PART_OF)
    day = SmallInt()
    """Days after the start: 7, 30, 90, 180."""
    due_on = Date(index=True)
    done_on = Date(**EMPTY)
    finding = Varchar(choices=Finding, **EMPTY)
    source = Varchar(choices=FindingSource, **EMPTY)
    note = Text(default="")
    done_by = ForeignKey(Person, **MAYBE)
    finding_is_known = one_of("finding", Finding)
    finding_source_is_known = one_of("source", FindingSource)
    a_finding_is_whole = Check(
        "(done_on IS NULL) = (finding IS NULL) AND (finding IS NULL) = (done_by IS NULL)"
    )
    a_finding_has_a_source = Check("finding IS NULL OR finding = 'unreachable' OR source IS NOT NULL")
    check_in_is_due_once = Unique(["placement", "day"])


class CardExclusion(Table):
    """A partner from whom a client keeps their blind card although they agreed to it being looked for; dated."""

    id: Serial
    client = ForeignKey(Client, **OWNED)
    partner = ForeignKey(Partner, **OWNED)
    since = Timestamptz(default=NOW)
    made_by = ForeignKey(Person, **OWNED)
    until = Timestamptz(**EMPTY)
    ended_by = ForeignKey(Person, **MAYBE)
    card_exclusion_ends_after_it_begins = Check("until >= since")


class CardView(Table):
    """Somebody of a partner was shown this client's blind card among others; the client reads these rows."""

    id = BigSerial(primary_key=True)
    client = ForeignKey(Client, **OWNED)
    vacancy = ForeignKey(Vacancy, **OWNED)
    seen_by = ForeignKey(Person, **OWNED)
    seen_on = Date()
    seen_at = Timestamptz(default=NOW)
    card_view_is_noted_once_a_day = Unique(["client", "vacancy", "seen_by", "seen_on"])


class InvitationAnswer(StrEnum):
    """The last is nobody's answer: the consent that the invitation came by was withdrawn, or the partner is kept out."""

    OPEN = "open"
    APPLIED = "applied"
    DECLINED = "declined"
    ENDED = "ended"


class JobInvitation(Table):
    """A partner asks whoever is behind a blind card to apply; the client applies or says no, and stays unknown till then."""

    id: Serial
    vacancy = ForeignKey(Vacancy, **OWNED)
    client = ForeignKey(Client, **OWNED)
    handle = Varchar(length=12)
    """What the card was called on the partner's page (jobs.seekers.blind); it means nothing for any other vacancy."""
    made_by = ForeignKey(Person, **OWNED)
    made_at = Timestamptz(default=NOW)
    answer = Varchar(choices=InvitationAnswer, default=InvitationAnswer.OPEN)
    """A trigger writes `ended` when the consent is withdrawn."""
    answer_note = Text(default="")
    """For the client's caseworker; the partner never reads it, nor that there was an answer."""
    answered_at = Timestamptz(**EMPTY)
    job_invitation_answer_is_known = one_of("answer", InvitationAnswer)
    job_invitation_is_made_once = Unique(["vacancy", "client"])


class AsideReason(StrEnum):
    """Why a matched vacancy is not for this client."""

    TOO_FAR = "too_far"
    WAGE = "wage"
    HOURS = "hours"
    FIELD = "field"
    EMPLOYER = "employer"
    OTHER = "other"


class SetAside(Table):
    """A client said of a matched vacancy that it does not suit them; taken back by a date, never deleted."""

    id: Serial
    client = ForeignKey(Client, **OWNED)
    vacancy = ForeignKey(Vacancy, **OWNED)
    reason = Varchar(length=20, choices=AsideReason)
    made_by = ForeignKey(Person, **OWNED)
    """The client, or the caseworker who tapped for them."""
    made_at = Timestamptz(default=NOW)
    undone_at = Timestamptz(**EMPTY)
    undone_by = ForeignKey(Person, **MAYBE)
    aside_reason_is_known = one_of("reason", AsideReason)
    aside_ends_after_it_begins = Check("undone_at >= made_at")


class Avoided(StrEnum):
    """What a client may privately keep away from (jobs.matching.tags says which vacancies that is)."""

    NIGHTLIFE = "nightlife"
    ALCOHOL = "alcohol"
    NIGHT_SHIFT = "night_shift"


class Avoidance(Table):
    """A client keeps vacancies of a kind away from their list; dated, and shown to nobody but them and their office."""

    id: Serial
    client = ForeignKey(Client, **OWNED)
    tag = Varchar(length=20, choices=Avoided)
    since = Timestamptz(default=NOW)
    made_by = ForeignKey(Person, **OWNED)
    until = Timestamptz(**EMPTY)
    ended_by = ForeignKey(Person, **MAYBE)
    avoidance_tag_is_known = one_of("tag", Avoided)
    avoidance_ends_after_it_begins = Check("until >= since")


class Recommendation(Table):
    """A vacancy stood in the client's own list on a day, and perhaps they opened it; kept for half a year."""

    id = BigSerial(primary_key=True)
    client = ForeignKey(Client, **OWNED)
    vacancy = ForeignKey(Vacancy, **OWNED)
    shown_on = Date(index=True)
    opened_at = Timestamptz(**EMPTY)
    recommendation_is_noted_once_a_day = Unique(["client", "vacancy", "shown_on"])


class AllocationOf(StrEnum):
    """Whose clients an allocation is made for."""

    MINE = "mine"
    OFFICE = "office"
    CHOSEN = "chosen"


class Allocation(Table):
    """Clients of an office assigned to open positions at once, and what taking turns would have given; its own figures stay."""

    id: Serial
    office = ForeignKey(Organisation, **OWNED)
    name = Varchar(length=80, default="")
    """What staff call these clients, such as a class that finished together."""
    note = Text(default="")
    whose = Varchar(length=20, choices=AllocationOf)
    floor = SmallInt()
    """The lowest fit, in hundredths."""
    reach_km = SmallInt()
    clients = Integer()
    vacancies = Integer()
    positions = Integer()
    left_out = Integer(default=0)
    """Vacancies within reach that were too many to be weighed."""
    placed = Integer()
    total = DoublePrecision()
    lowest = DoublePrecision(**EMPTY)
    first_placed = Integer()
    first_total = DoublePrecision()
    first_lowest = DoublePrecision(**EMPTY)
    scoring_ms = Integer()
    solving_ms = Integer()
    made_by = ForeignKey(Person, **OWNED)
    made_at = Timestamptz(default=NOW)
    allocation_is_of_known_clients = one_of("whose", AllocationOf)
    allocation_floor_is_a_share = Check("floor BETWEEN 0 AND 100")


class AssignmentState(StrEnum):
    """The last two are the client's, read from the answer to the proposal that was sent, and never stored here."""

    OPEN = "open"
    EDITED = "edited"
    REMOVED = "removed"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Assignment(Table):
    """One client in an allocation: the vacancy meant for them, or nothing, and what became of it."""

    id: Serial
    allocation = ForeignKey(Allocation, **PART_OF)
    client = ForeignKey(Client, **OWNED)
    vacancy = ForeignKey(Vacancy, **MAYBE)
    fit = DoublePrecision(**EMPTY)
    parts = JSONB(default="{}")
    """Name of each part of the fit -> its value and what it contributes; they add up to the fit."""
    suggested = ForeignKey(Vacancy, **MAYBE)
    """What the allocation found, whatever staff made of it."""
    state = Varchar(length=20, choices=AssignmentState, default=AssignmentState.OPEN)
    proposal = ForeignKey(Proposal, **MAYBE)
    version = Integer(default=0)
    """One more with each change, so that nobody overwrites what they never saw."""
    changed_by = ForeignKey(Person, **MAYBE)
    changed_at = Timestamptz(default=NOW)
    assignment_state_is_stored = Check("state IN ('open', 'edited', 'removed', 'sent')")
    a_fit_is_of_a_vacancy = Check("(fit IS NULL) = (vacancy IS NULL)")
    what_is_sent_is_a_proposal = Check("(state = 'sent') = (proposal IS NOT NULL)")
    client_stands_once_in_an_allocation = Unique(["allocation", "client"])
