"""What matching compares stands in one index, so that no row is read for it: skills are numbers there."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-30T21:20:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Vacancy index alone"

# As a whole, and no longer as the differences to what was before.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION vacancy_index_prepare() RETURNS void LANGUAGE sql AS $$
    CREATE TABLE vacancy_document_next (
        id integer NOT NULL,
        region varchar(5),
        employment_type varchar,
        education smallint NOT NULL,
        isco varchar(4),
        wage_top integer,
        latitude double precision,
        longitude double precision,
        published_at timestamptz NOT NULL,
        closes_on date NOT NULL,
        title text NOT NULL,
        employer text NOT NULL,
        skills bigint[] NOT NULL,
        work_times text[],
        licences text[] NOT NULL,
        head tsvector NOT NULL,
        words tsvector NOT NULL,
        facts json NOT NULL,
        description text NOT NULL
    ) WITH (toast_tuple_target = 256);
    ALTER TABLE vacancy_document_next
        ALTER COLUMN region SET STORAGE MAIN, ALTER COLUMN employment_type SET STORAGE MAIN,
        ALTER COLUMN isco SET STORAGE MAIN, ALTER COLUMN title SET STORAGE MAIN,
        ALTER COLUMN employer SET STORAGE MAIN, ALTER COLUMN skills SET STORAGE MAIN,
        ALTER COLUMN licences SET STORAGE MAIN, ALTER COLUMN work_times SET STORAGE MAIN;
    COMMENT ON COLUMN vacancy_document_next.skills IS 'Each the first half of the MD5 of its id (jobs.index.postgres.codes).';
    CREATE TABLE vacancy_word_next (
        word text NOT NULL,
        documents integer NOT NULL DEFAULT 0,
        heads integer NOT NULL DEFAULT 0,
        names integer NOT NULL DEFAULT 0
    );
    COMMENT ON TABLE vacancy_word_next IS 'How many documents hold a word, how many are called so, and how many names of
        the vocabulary and of places hold it. r:region, t:employment_type and e:education are counted beside the words.';
$$;

CREATE OR REPLACE FUNCTION vacancy_index_complete() RETURNS void LANGUAGE sql AS $$
    ALTER TABLE vacancy_document_next ADD CONSTRAINT vacancy_document_next_pkey PRIMARY KEY (id);
    CREATE INDEX vacancy_document_next_newest ON vacancy_document_next (published_at DESC, id DESC);
    CREATE INDEX vacancy_document_next_wage ON vacancy_document_next (wage_top);
    CREATE INDEX vacancy_document_next_region ON vacancy_document_next (region);
    CREATE INDEX vacancy_document_next_isco ON vacancy_document_next (isco varchar_pattern_ops, latitude, longitude);
    CREATE INDEX vacancy_document_next_place ON vacancy_document_next (latitude, longitude, published_at)
        INCLUDE (id, isco, skills, licences, work_times, closes_on);
    CREATE INDEX vacancy_document_next_closes ON vacancy_document_next (closes_on);
    CREATE INDEX vacancy_document_next_skills ON vacancy_document_next USING gin (skills);
    CREATE INDEX vacancy_document_next_head ON vacancy_document_next USING gin (head);
    CREATE INDEX vacancy_document_next_words ON vacancy_document_next USING gin (words);
    ALTER TABLE vacancy_word_next ADD CONSTRAINT vacancy_word_next_pkey PRIMARY KEY (word);
    CREATE INDEX vacancy_word_next_near ON vacancy_word_next USING gin (word gin_trgm_ops)
        WHERE position(':' IN word) = 0;
    CREATE INDEX vacancy_word_next_begins ON vacancy_word_next (word text_pattern_ops);
$$;
"""
# A worker of the version before may still write, so it is kept waiting, and what it then leaves behind or cannot write any more
# is made up for by the rebuild that an index without a vocabulary is given.
MOVE = """
SELECT pg_advisory_xact_lock(hashtext('vacancy_index'));
SELECT vacancy_index_prepare();
INSERT INTO vacancy_document_next SELECT id, region, employment_type, education, isco, wage_top, latitude, longitude,
    published_at, closes_on, title, employer,
    array(SELECT ('x' || left(md5(skill), 16))::bit(64)::bigint FROM unnest(skills[1:150]) AS skill),
    work_times, licences, head, words, facts, description FROM vacancy_document;
INSERT INTO vacancy_word_next (word, documents, heads, names) SELECT word, documents, heads, names FROM vacancy_word;
SELECT vacancy_index_complete();
SELECT vacancy_index_swap();
ANALYZE vacancy_document, vacancy_word;
UPDATE vacancy_index_state SET vocabulary = '', version = nextval('vacancy_index_version');
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    async def run() -> None:
        await statements("SET LOCAL check_function_bodies = off")
        await statements(FUNCTIONS)
        await statements(MOVE)

    manager.add_raw(run)
    return manager
