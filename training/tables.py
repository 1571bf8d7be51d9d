"""What a client can do: the vocabulary, the profile, the papers that prove it."""

from enum import StrEnum

from piccolo.columns import (
    Array,
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

from portal.tables import EMPTY, MAYBE, NOW, OWNED, PART_OF, Client, Organisation, Person, Region, one_of


class Skill(Table):
    """Something a person can do, know or operate. The id is a slug that never changes."""

    id = Varchar(length=60, primary_key=True)
    label = Varchar(unique=True)
    english = Varchar()
    group = Varchar(length=60)
    aliases = Array(base_column=Varchar())
    skkni = Array(base_column=Varchar())
    retired = Boolean(default=False)
    local = Boolean(default=False)
    """Accepted by this installation, not from the shipped files."""


class Occupation(Table):
    """A trade as clients and partners name it, with its codes as bridges."""

    id = Varchar(length=60, primary_key=True)
    isco = Varchar(length=4, index=True)
    kbji = Varchar(length=7)
    kbji_edition = SmallInt(default=2014)
    """The year of the KBJI that the code is from; codes change between editions."""
    label = Varchar(unique=True)
    english = Varchar()
    about = Text()
    aliases = Array(base_column=Varchar())
    licences = Array(base_column=Varchar())
    """What the law asks for this work; ids of training/vocabulary/licences.toml."""
    retired = Boolean(default=False)
    isco_has_four_digits = Check("isco ~ '^[0-9]{4}$'")
    kbji_has_four_or_six_digits = Check("kbji ~ '^[0-9]{4}([.][0-9]{2})?$'")


class Need(StrEnum):
    ESSENTIAL = "essential"
    USEFUL = "useful"


class OccupationSkill(Table):
    id: Serial
    occupation = ForeignKey(Occupation, **PART_OF)
    skill = ForeignKey(Skill, **OWNED)
    need = Varchar(choices=Need)
    occupation_need_is_known = one_of("need", Need)
    occupation_names_a_skill_once = Unique(["occupation", "skill"])


class WorkTime(StrEnum):
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


class Profile(Table):
    """What a client brings and hopes for. Where they live is in the client record; null means nobody asked yet."""

    id: Serial
    client = ForeignKey(Client, unique=True, null=False, on_delete=OnDelete.restrict)
    education = SmallInt(**EMPTY)
    travel_km = Integer(**EMPTY)
    work_times = Array(base_column=Varchar(), **EMPTY)
    """Codes of WorkTime the client can work at."""
    employment_types = Array(base_column=Varchar(), **EMPTY)
    wage_min = Integer(**EMPTY)
    """Rupiah per month hoped for."""
    wishes = Array(base_column=Varchar(), **EMPTY)
    """Ids of occupations the client would like, best first."""
    licences = Array(base_column=Varchar(), **EMPTY)
    available_from = Date(**EMPTY)
    unknown_skills = Array(base_column=Varchar(), default=list)
    """What somebody typed that the vocabulary does not know yet: kept until it does, or a person picks what was meant."""
    unknown_wishes = Array(base_column=Varchar(), default=list)
    changed_at = Timestamptz(default=NOW)
    education_is_a_level = Check("education IN (0, 10, 20, 30, 40, 50)")
    travel_is_sane = Check("travel_km BETWEEN 0 AND 5000")
    wage_hope_is_positive = Check("wage_min > 0")


class Source(StrEnum):
    """How we know of a skill, weakest first."""

    STATED = "stated"
    EXPERIENCE = "experience"
    TRAINING = "training"
    CERTIFIED = "certified"


class ProfileSkill(Table):
    id: Serial
    profile = ForeignKey(Profile, **PART_OF)
    skill = ForeignKey(Skill, **OWNED)
    source = Varchar(choices=Source, default=Source.STATED)
    noted_by = ForeignKey(Person, **MAYBE)
    noted_at = Timestamptz(default=NOW)
    skill_source_is_known = one_of("source", Source)
    profile_names_a_skill_once = Unique(["profile", "skill"])


class WorkKind(StrEnum):
    """Work counts whoever paid for it."""

    EMPLOYED = "employed"
    DAILY = "daily"
    OWN = "own"
    FAMILY = "family"
    VOLUNTEER = "volunteer"


class Experience(Table):
    id: Serial
    profile = ForeignKey(Profile, **PART_OF)
    occupation = ForeignKey(Occupation, **MAYBE)
    title = Varchar()
    kind = Varchar(choices=WorkKind, default=WorkKind.EMPLOYED)
    months = Integer()
    experience_kind_is_known = one_of("kind", WorkKind)
    months_are_a_working_life = Check("months BETWEEN 1 AND 720")


class CertificateKind(StrEnum):
    """Attendance of a course, or competence tested by an LSP under BNSP."""

    TRAINING = "training"
    COMPETENCE = "competence"


class Certificate(Table):
    """A paper. `issuer` is staff's: a card shows only the scheme, because some issuers disclose."""

    id: Serial
    profile = ForeignKey(Profile, **PART_OF)
    kind = Varchar(choices=CertificateKind)
    title = Varchar()
    issuer = Varchar(default="")
    scheme = Varchar(default="")
    """What may be shown: "LSP Las Nusantara (BNSP)"; never the office that paid."""
    number = Varchar(default="")
    hours = Integer(**EMPTY)
    """Jam pelajaran (JP)."""
    issued_on = Date(**EMPTY)
    expires_on = Date(**EMPTY)
    certificate_kind_is_known = one_of("kind", CertificateKind)
    certificate_ends_after_it_begins = Check("expires_on >= issued_on")


class CertificateSkill(Table):
    id: Serial
    certificate = ForeignKey(Certificate, **PART_OF)
    skill = ForeignKey(Skill, **OWNED)
    certificate_names_a_skill_once = Unique(["certificate", "skill"])


class ProviderKind(StrEnum):
    """Who runs a course."""

    BLK = "blk"
    LPK = "lpk"
    SCHOOL = "school"
    COMPANY = "company"
    COMMUNITY = "community"
    OFFICE = "office"
    """An aftercare office or another body whose name alone would disclose: to clients it is never named, and its courses
    are for the clients of the office that recorded them."""


class ProgrammeState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Programme(Table):
    """A course at hand: what it teaches, where and when, and how to get in. Clients read all of it but the provider's
    name where that discloses (training.programmes.provider_shown)."""

    id: Serial
    office = ForeignKey(Organisation, **OWNED)
    """Whose staff recorded it and look after it."""
    title = Varchar(length=120)
    provider_kind = Varchar(choices=ProviderKind)
    provider = Varchar(length=120)
    region = ForeignKey(Region, **OWNED)
    locality = Varchar(**EMPTY)
    latitude = DoublePrecision(**EMPTY)
    longitude = DoublePrecision(**EMPTY)
    address = Varchar(length=300, default="")
    about = Text(default="")
    begins_on = Date(**EMPTY)
    """Null where one may begin at any time."""
    ends_on = Date(**EMPTY)
    """Of a course with a beginning its last day; else the last day on which one may still begin."""
    hours = Integer(**EMPTY)
    """Jam pelajaran (JP)."""
    weeks = Integer(**EMPTY)
    seats = Integer(**EMPTY)
    cost = Integer(default=0)
    """Rupiah for all of it; 0 is free."""
    certificate_kind = Varchar(choices=CertificateKind, **EMPTY)
    certificate = Varchar(length=120, default="")
    licence = Varchar(length=60, index=True, **EMPTY)
    """The licence it leads to; id of training/vocabulary/licences.toml."""
    how = Text(default="")
    """How to register, with the provider's public contact."""
    state = Varchar(choices=ProgrammeState, default=ProgrammeState.OPEN, index=True)
    made_by = ForeignKey(Person, **OWNED)
    made_at = Timestamptz(default=NOW)
    changed_at = Timestamptz(default=NOW)
    provider_kind_is_known = one_of("provider_kind", ProviderKind)
    programme_state_is_known = one_of("state", ProgrammeState)
    programme_certificate_kind_is_known = one_of("certificate_kind", CertificateKind)
    programme_ends_after_it_begins = Check("ends_on >= begins_on")
    programme_figures_are_sane = Check("hours > 0 AND weeks > 0 AND seats > 0 AND cost >= 0")


class ProgrammeSkill(Table):
    id: Serial
    programme = ForeignKey(Programme, **PART_OF)
    skill = ForeignKey(Skill, **OWNED)
    programme_names_a_skill_once = Unique(["programme", "skill"])


class EnrolmentState(StrEnum):
    INTERESTED = "interested"
    REGISTERED = "registered"
    FINISHED = "finished"
    ENDED = "ended"
    """Taken back, or left before the end; neither is held against anybody."""


class Enrolment(Table):
    """A client and a course: from "saya tertarik" to the paper it led to."""

    id: Serial
    programme = ForeignKey(Programme, **OWNED)
    client = ForeignKey(Client, **OWNED)
    state = Varchar(choices=EnrolmentState, default=EnrolmentState.INTERESTED, index=True)
    certificate = ForeignKey(Certificate, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    """The paper in the profile, once the course is finished with one."""
    made_by = ForeignKey(Person, **OWNED)
    made_at = Timestamptz(default=NOW)
    moved_at = Timestamptz(default=NOW)
    enrolment_state_is_known = one_of("state", EnrolmentState)
    client_is_enrolled_once = Unique(["programme", "client"])


class WordKind(StrEnum):
    """What a word names."""

    OCCUPATION = "occupation"
    SKILL = "skill"


class WordState(StrEnum):
    OPEN = "open"
    JOINED = "joined"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class WordProposal(Table):
    """A word that people type and the vocabulary does not know. Nothing says who searched for it."""

    id: Serial
    kind = Varchar(choices=WordKind)
    """What it seemed to name where it was typed; the decision may say otherwise."""
    word = Varchar(length=60)
    """In its plain form."""
    typed = Integer(default=1)
    typed_at = Timestamptz(default=NOW, index=True)
    """When it was last counted."""
    made_at = Timestamptz(default=NOW)
    proposed_by = ForeignKey(Person, **MAYBE)
    """Who first wrote it in a profile or a vacancy; nobody for what was searched."""
    state = Varchar(choices=WordState, default=WordState.OPEN, index=True)
    entry = Varchar(length=60, **EMPTY)
    """Id of the occupation or the skill that it turned out to name."""
    word_proposal_kind_is_known = one_of("kind", WordKind)
    word_proposal_state_is_known = one_of("state", WordState)
    word_is_proposed_once_for_each_kind = Unique(["kind", "word"])
    word_that_means_something_says_what = Check("(entry IS NOT NULL) = (state IN ('joined', 'accepted'))")


class VocabularyWord(Table):
    """A name that this installation added to an entry of the vocabulary."""

    id: Serial
    kind = Varchar(choices=WordKind)
    word = Varchar(length=60)
    entry = Varchar(length=60)
    added_by = ForeignKey(Person, **MAYBE)
    added_at = Timestamptz(default=NOW)
    vocabulary_word_kind_is_known = one_of("kind", WordKind)
    word_names_one_entry_of_each_kind = Unique(["kind", "word"])


class Scheme(StrEnum):
    """Whose codes a bridge leads to. Editions stand apart, because codes change between them."""

    ESCO = "esco"
    KBJI_2014 = "kbji2014"
    KBJI_2026 = "kbji2026"
    SKKNI = "skkni"


class VocabularyBridge(Table):
    """A code of somebody else's list, and the entry of ours that surely means the same. Nothing needs these rows."""

    id: Serial
    scheme = Varchar(choices=Scheme)
    code = Varchar(length=120)
    label = Text()
    kind = Varchar(choices=WordKind)
    entry = Varchar(length=60, index=True, **EMPTY)
    """Id of the occupation or the skill; null while nobody is sure."""
    imported_at = Timestamptz(default=NOW)
    bridge_scheme_is_known = one_of("scheme", Scheme)
    bridge_kind_is_known = one_of("kind", WordKind)
    scheme_has_each_code_once = Unique(["scheme", "code"])
