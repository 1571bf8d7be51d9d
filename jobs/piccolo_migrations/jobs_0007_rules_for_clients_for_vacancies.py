"""One open row each, and the indexes by which clients for a vacancy are found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-30T12:17:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "Rules and indexes of clients for vacancies"

# Two taps at once must leave one open row, which a plain constraint cannot say of rows that end.
RULES = """
CREATE UNIQUE INDEX set_aside_is_open_once ON set_aside (client, vacancy) WHERE undone_at IS NULL;
CREATE UNIQUE INDEX avoidance_is_open_once ON avoidance (client, tag) WHERE until IS NULL;
CREATE UNIQUE INDEX card_exclusion_is_open_once ON card_exclusion (client, partner) WHERE until IS NULL;
CREATE INDEX card_view_by_client ON card_view (client, seen_at DESC);
-- Who can do this, and who has done or would like it, answered from the index alone.
CREATE INDEX profile_skill_holders ON profile_skill (skill) INCLUDE (profile, source);
CREATE INDEX experience_workers ON experience (occupation) INCLUDE (profile);
CREATE INDEX profile_wishes ON profile USING gin (wishes);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    async def run() -> None:
        await statements(RULES)

    manager.add_raw(run)
    return manager
