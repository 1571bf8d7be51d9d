"""What clients told for the fairness report alone, how lists are evened, and the reports that were made."""

from enum import StrEnum

from piccolo.columns import JSONB, Boolean, ForeignKey, Serial, SmallInt, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from portal.tables import EMPTY, MAYBE, NOW, OWNED, Client, Consent, Person, one_of


class Sex(StrEnum):
    FEMALE = "f"
    MALE = "m"


class Evened(StrEnum):
    """By what lists may be evened. A disability is never among them: it was told for the report."""

    SEX = "sex"
    AGE = "age"


class FairnessAttribute(Table):
    """Read by the fairness report and its entry form, by no score. Null is "not told"; age stands in the client's record."""

    id: Serial
    client = ForeignKey(Client, unique=True, **{**OWNED, "index": False})
    sex = Varchar(length=1, choices=Sex, **EMPTY)
    disability = Boolean(**EMPTY)
    consent = ForeignKey(Consent, **MAYBE)
    """Under which the disability was volunteered; a trigger erases both when it is withdrawn."""
    recorded_at = Timestamptz(default=NOW)
    recorded_by = ForeignKey(Person, **OWNED)
    fairness_sex_is_known = one_of("sex", Sex)
    disability_is_volunteered = Check("(disability IS NULL) = (consent IS NULL)")


class FairnessBound(Table):
    """From when on lists are evened, and by what; the newest row counts, and without one they are not."""

    id: Serial
    attribute = Varchar(length=10, choices=Evened, **EMPTY)
    """Null turns it off."""
    bound = SmallInt(**EMPTY)
    """How far a group's share may lie from its share of those eligible, in hundredths."""
    since = Timestamptz(default=NOW)
    set_by = ForeignKey(Person, **OWNED)
    fairness_bound_attribute_is_known = one_of("attribute", Evened)
    fairness_bound_is_a_share = Check("bound BETWEEN 0 AND 100 AND (bound IS NULL) = (attribute IS NULL)")


class FairnessReport(Table):
    """A report as it was shown, small numbers left out; what it was counted from is not kept."""

    id: Serial
    made_at = Timestamptz(default=NOW)
    made_by = ForeignKey(Person, **MAYBE)
    """Null where the command made it."""
    figures = JSONB()
