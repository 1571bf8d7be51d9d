"""One open consent for each purpose."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-30T12:18:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "Rules of consents"

RULES = "CREATE UNIQUE INDEX consent_is_open_once ON consent (client, purpose) WHERE withdrawn_at IS NULL;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def run() -> None:
        await statements(RULES)

    manager.add_raw(run)
    return manager
