"""Rules that Piccolo cannot express: a role fits its organisation, and trigram search is at hand."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-23T16:00:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "Memberships fit their organisation"

# The generated column lets a foreign key say that an employer belongs to a partner and everybody else to an office.
RULES = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
ALTER TABLE organisation ADD CONSTRAINT organisation_id_kind UNIQUE (id, kind);
ALTER TABLE membership ADD COLUMN organisation_kind varchar
    GENERATED ALWAYS AS (CASE role WHEN 'employer' THEN 'partner' ELSE 'office' END) STORED;
ALTER TABLE membership ADD CONSTRAINT membership_fits_organisation
    FOREIGN KEY (organisation, organisation_kind) REFERENCES organisation (id, kind);
CREATE UNIQUE INDEX membership_is_open_once ON membership (person, role, organisation) WHERE until IS NULL;
CREATE INDEX event_by_subject ON event (subject, id);
CREATE INDEX notice_by_person ON notice (person, id DESC);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def run() -> None:
        await statements(RULES)

    manager.add_raw(run)
    return manager
