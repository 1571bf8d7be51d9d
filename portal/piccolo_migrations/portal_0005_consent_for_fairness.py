"""A consent under which a disability may be volunteered for the fairness report."""

from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

from portal.database import statements

ID = "2026-11-30T12:21:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Consent for fairness"

# Piccolo does not see that the condition of a constraint has changed.
RULES = """
ALTER TABLE consent DROP CONSTRAINT consent_purpose_is_known;
ALTER TABLE consent ADD CONSTRAINT consent_purpose_is_known CHECK (purpose IN ('blind_card', 'fairness'));
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    manager.alter_column(
        table_class_name="Consent",
        tablename="consent",
        column_name="purpose",
        db_column_name="purpose",
        params={"choices": Enum("ConsentPurpose", {"BLIND_CARD": "blind_card", "FAIRNESS": "fairness"})},
        old_params={"choices": Enum("ConsentPurpose", {"BLIND_CARD": "blind_card"})},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    async def run() -> None:
        await statements(RULES)

    manager.add_raw(run)
    return manager
