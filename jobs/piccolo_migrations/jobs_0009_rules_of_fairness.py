"""What was told under a consent goes with it, whoever withdraws it and from wherever."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-30T12:21:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "Rules of fairness"

RULES = """
CREATE FUNCTION fairness_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE fairness_attribute SET disability = NULL, consent = NULL WHERE consent = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER fairness_forgets_what_is_withdrawn AFTER UPDATE OF withdrawn_at ON consent
FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL AND NEW.purpose = 'fairness') EXECUTE FUNCTION fairness_forget();
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    async def run() -> None:
        await statements(RULES)

    manager.add_raw(run)
    return manager
