"""Invitations that have come by a consent end with it, whoever withdraws it and from wherever."""

from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

from portal.database import statements

ID = "2026-11-30T12:22:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Ended invitations"

BEFORE = {"OPEN": "open", "APPLIED": "applied", "DECLINED": "declined"}

# Piccolo does not see that the condition of a constraint has changed.
RULES = """
ALTER TABLE job_invitation DROP CONSTRAINT job_invitation_answer_is_known;
ALTER TABLE job_invitation ADD CONSTRAINT job_invitation_answer_is_known
    CHECK (answer IN ('open', 'applied', 'declined', 'ended'));
UPDATE job_invitation SET answer = 'ended', answered_at = now() WHERE answer = 'open' AND NOT EXISTS (
    SELECT FROM consent
    WHERE consent.client = job_invitation.client AND purpose = 'blind_card' AND withdrawn_at IS NULL);
CREATE FUNCTION job_invitation_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE job_invitation SET answer = 'ended', answered_at = now() WHERE client = NEW.client AND answer = 'open';
    RETURN NULL;
END
$$;
CREATE TRIGGER job_invitations_end_with_consent AFTER UPDATE OF withdrawn_at ON consent
FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL AND NEW.purpose = 'blind_card') EXECUTE FUNCTION job_invitation_end();
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    manager.alter_column(
        table_class_name="JobInvitation",
        tablename="job_invitation",
        column_name="answer",
        db_column_name="answer",
        params={"choices": Enum("InvitationAnswer", {**BEFORE, "ENDED": "ended"})},
        old_params={"choices": Enum("ProposalAnswer", BEFORE)},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    async def run() -> None:
        await statements(RULES)

    manager.add_raw(run)
    return manager
