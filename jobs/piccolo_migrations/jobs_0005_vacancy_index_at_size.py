"""The tables behind `jobs.index.postgres`, made anew by functions, so that a rebuild fills new ones and swaps them in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-30T12:15:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Vacancy index at size"

# `next` beside the tables in use: filled without indexes, then indexed, then swapped in. Whoever searches meanwhile
# searches the old ones; the swap itself waits for nobody (its caller sets a lock_timeout and tries again).
# What is counted, compared and sorted stays in narrow rows; the wide columns lie outside them.
# Lexemes hold a colon where they are no plain word: s:stem where the stem is another word, o:occupation, k:skill.
FUNCTIONS = """
CREATE FUNCTION vacancy_index_prepare() RETURNS void LANGUAGE sql AS $$
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
        skills text[] NOT NULL,
        work_times text[],
        head tsvector NOT NULL,
        words tsvector NOT NULL,
        facts json NOT NULL,
        description text NOT NULL
    ) WITH (toast_tuple_target = 256);
    ALTER TABLE vacancy_document_next ALTER COLUMN skills SET STORAGE MAIN;
    CREATE TABLE vacancy_word_next (
        word text NOT NULL,
        documents integer NOT NULL DEFAULT 0,
        heads integer NOT NULL DEFAULT 0,
        names integer NOT NULL DEFAULT 0
    );
    COMMENT ON TABLE vacancy_word_next IS 'How many documents hold a word, how many are called so, and how many names of
        the vocabulary and of places hold it. r:region, t:employment_type and e:education are counted beside the words.';
$$;

CREATE FUNCTION vacancy_index_complete() RETURNS void LANGUAGE sql AS $$
    ALTER TABLE vacancy_document_next ADD CONSTRAINT vacancy_document_next_pkey PRIMARY KEY (id);
    CREATE INDEX vacancy_document_next_newest ON vacancy_document_next (published_at DESC, id DESC);
    CREATE INDEX vacancy_document_next_wage ON vacancy_document_next (wage_top);
    CREATE INDEX vacancy_document_next_region ON vacancy_document_next (region);
    CREATE INDEX vacancy_document_next_isco ON vacancy_document_next (isco varchar_pattern_ops);
    CREATE INDEX vacancy_document_next_place ON vacancy_document_next (latitude, longitude);
    CREATE INDEX vacancy_document_next_closes ON vacancy_document_next (closes_on);
    CREATE INDEX vacancy_document_next_skills ON vacancy_document_next USING gin (skills);
    CREATE INDEX vacancy_document_next_head ON vacancy_document_next USING gin (head);
    CREATE INDEX vacancy_document_next_words ON vacancy_document_next USING gin (words);
    ALTER TABLE vacancy_word_next ADD CONSTRAINT vacancy_word_next_pkey PRIMARY KEY (word);
    CREATE INDEX vacancy_word_next_near ON vacancy_word_next USING gin (word gin_trgm_ops)
        WHERE position(':' IN word) = 0;
    CREATE INDEX vacancy_word_next_begins ON vacancy_word_next (word text_pattern_ops);
$$;

CREATE FUNCTION vacancy_index_swap() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    made record;
BEGIN
    -- In the order in which searches name them, or the two could wait for each other.
    LOCK TABLE vacancy_word, vacancy_document IN ACCESS EXCLUSIVE MODE;
    DROP TABLE vacancy_word, vacancy_document;
    ALTER TABLE vacancy_word_next RENAME TO vacancy_word;
    ALTER TABLE vacancy_document_next RENAME TO vacancy_document;
    FOR made IN
        SELECT indexname AS name FROM pg_indexes
        WHERE schemaname = current_schema() AND tablename IN ('vacancy_word', 'vacancy_document')
    LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', made.name, replace(made.name, '_next_', '_'));
    END LOOP;
END
$$;
"""
# Searches go on over what is there; without a vocabulary the index is not current, so the worker rebuilds it.
MOVE = """
DROP FUNCTION vacancy_lexemes;
SELECT vacancy_index_prepare();
INSERT INTO vacancy_document_next SELECT id, region, employment_type, education, isco, wage_top, latitude, longitude,
    published_at, closes_on, title, employer, skills,
    CASE WHEN json_typeof(facts->'work_times') = 'array'
        THEN array(SELECT json_array_elements_text(facts->'work_times')) END,
    head, words, facts, description FROM vacancy_document;
INSERT INTO vacancy_word_next (word, documents, names) SELECT word, documents, names FROM vacancy_word;
SELECT vacancy_index_complete();
SELECT vacancy_index_swap();
ALTER TABLE vacancy_index_state ADD COLUMN documents integer NOT NULL DEFAULT 0;
UPDATE vacancy_index_state SET vocabulary = '', documents = (SELECT count(*) FROM vacancy_document);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    async def run() -> None:
        await statements("SET LOCAL check_function_bodies = off")
        await statements(FUNCTIONS)
        await statements(MOVE)

    manager.add_raw(run)
    return manager
