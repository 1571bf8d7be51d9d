"""What is compared for every row stays in the row, and the licences that the law demands are among it.

PostgreSQL moved the longest of what may be moved out of a row, and hours and titles were among them: reading one such
value costs four pages more.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-30T17:40:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Vacancy index in rows"

KEPT = ["region", "employment_type", "isco", "title", "employer", "skills", "licences", "work_times"]
STORAGE = ", ".join(f"ALTER COLUMN {column} SET STORAGE MAIN" for column in KEPT)
LICENCES = "licences text[] NOT NULL DEFAULT ARRAY[]::text[]"
# The body of the function that is there with two pieces changed, so that the table is described in one place.
FUNCTION = f"""
DO $do$
DECLARE
    body text := (SELECT prosrc FROM pg_proc WHERE proname = 'vacancy_index_prepare');
    column_ text := 'work_times text[],';
    storage_ text := 'ALTER COLUMN skills SET STORAGE MAIN';
BEGIN
    IF position(column_ IN body) = 0 OR position(storage_ IN body) = 0 THEN
        RAISE EXCEPTION 'vacancy_index_prepare is not the one that was expected';
    END IF;
    body := replace(replace(body, column_, column_ || ' {LICENCES},'), storage_, '{STORAGE}');
    EXECUTE format('CREATE OR REPLACE FUNCTION vacancy_index_prepare() RETURNS void LANGUAGE sql AS %L', body);
END
$do$;
"""
# A city holds many vacancies at one point, and a trade many in the whole country: with the other conditions in the index
# only those are fetched that meet them all.
INDEXES = {
    "vacancy_document_isco": (
        "(isco varchar_pattern_ops)",
        "(isco varchar_pattern_ops, latitude, longitude)",
    ),
    "vacancy_document_place": ("(latitude, longitude)", "(latitude, longitude, published_at)"),
}
COMPLETE = "\n".join(
    [
        "DO $do$ DECLARE body text := (SELECT prosrc FROM pg_proc WHERE proname = 'vacancy_index_complete'); BEGIN",
        *(
            f"IF position('vacancy_document_next {old};' IN body) = 0 THEN RAISE EXCEPTION 'not as expected'; END IF; "
            f"body := replace(body, 'vacancy_document_next {old};', 'vacancy_document_next {new};');"
            for old, new in INDEXES.values()
        ),
        "EXECUTE format('CREATE OR REPLACE FUNCTION vacancy_index_complete() RETURNS void LANGUAGE sql AS %L', body);",
        "END $do$;",
        *(
            f"DROP INDEX {name}; CREATE INDEX {name} ON vacancy_document {new};"
            for name, (_, new) in INDEXES.items()
        ),
    ]
)
# Rows are written anew by the worker, because without a vocabulary the index is not current.
TABLE = f"""
ALTER TABLE vacancy_document ADD COLUMN {LICENCES};
ALTER TABLE vacancy_document {STORAGE};
UPDATE vacancy_index_state SET vocabulary = '';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    async def run() -> None:
        await statements("SET LOCAL check_function_bodies = off")
        await statements(FUNCTION)
        await statements(COMPLETE)
        await statements(TABLE)

    manager.add_raw(run)
    return manager
