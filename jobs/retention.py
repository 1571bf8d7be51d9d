"""How long what clients said, and what was done with their cards, is kept; the rest is deleted every day.

docs/retention.md is the same table in words with the reasons, and a test holds them together. UU 27/2022 (articles 43 and
44) asks that data which has served its purpose is deleted; the periods are this portal's own.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from portal.database import change, connection

HALF_A_YEAR, A_YEAR, TWO_YEARS = timedelta(days=180), timedelta(days=365), timedelta(days=730)

# A client who is followed no more keeps what they said for as long as they may come back.
GONE = "client IN (SELECT id FROM client WHERE closed_on < $1::date)"


@dataclass(frozen=True, slots=True)
class Rule:
    """`sql` deletes or empties what lies before $1, a moment `kept` ago."""

    what: str
    kept: timedelta
    sql: str


RULES = (
    Rule("card_view", A_YEAR, "DELETE FROM card_view WHERE seen_on < $1::date"),
    Rule("card_exclusion", A_YEAR, f"DELETE FROM card_exclusion WHERE until < $1 OR {GONE}"),
    Rule(
        "job_invitation.answer_note",
        HALF_A_YEAR,
        "UPDATE job_invitation SET answer_note = '' WHERE answer_note <> '' AND answered_at < $1",
    ),
    # While the vacancy is open the row keeps the card closed, so that nobody is shown again who has been invited.
    Rule(
        "job_invitation",
        A_YEAR,
        "DELETE FROM job_invitation USING vacancy WHERE vacancy.id = job_invitation.vacancy "
        "AND vacancy.state IN ('closed', 'filled') AND vacancy.changed_at < $1",
    ),
    Rule(
        "proposal.answer_note",
        HALF_A_YEAR,
        "UPDATE proposal SET answer_note = '', message = '' WHERE (answer_note <> '' OR message <> '') AND (answered_at < $1 "
        "OR vacancy IN (SELECT id FROM vacancy WHERE state IN ('closed', 'filled') AND changed_at < $1))",
    ),
    # The other reasons keep further vacancies away, so they outlive the one that they were said of.
    Rule(
        "set_aside",
        HALF_A_YEAR,
        f"DELETE FROM set_aside WHERE undone_at < $1 OR {GONE} OR reason IN ('too_far', 'wage', 'other') AND vacancy IN "
        "(SELECT id FROM vacancy WHERE state IN ('closed', 'filled') AND changed_at < $1)",
    ),
    Rule("avoidance", HALF_A_YEAR, f"DELETE FROM avoidance WHERE until < $1 OR {GONE}"),
    # Longer than the views that happened under it, which it has to justify.
    Rule(
        "consent",
        TWO_YEARS,
        f"DELETE FROM consent WHERE withdrawn_at < $1 OR purpose = 'blind_card' AND {GONE}",
    ),
)


async def prune(now: datetime | None = None) -> None:
    """Deletes what is older than its rule says; meant for every day."""
    now = now or datetime.now(UTC)
    for rule in RULES:
        async with change(by=None):
            await connection().execute(rule.sql, now - rule.kept)
