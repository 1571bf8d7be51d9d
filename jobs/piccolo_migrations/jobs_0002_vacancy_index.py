"""The tables behind `jobs.index.postgres`: written only by it, and rebuilt from the vacancies at any time."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-23T17:10:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Vacancy index"

# A document refers to nothing: it leaves by the outbox, and the index may lag behind its vacancy for a moment.
# What is counted, compared and sorted stays in narrow rows; the wide columns lie outside them, so that counting
# 20,000 hits reads a thousand pages. Lexemes hold a colon where they are no plain word: s:stem, o:occupation, k:skill.
TABLES = """
CREATE TABLE vacancy_document (
    id integer PRIMARY KEY,
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
    head tsvector NOT NULL,
    words tsvector NOT NULL,
    facts json NOT NULL,
    description text NOT NULL
) WITH (toast_tuple_target = 256);
ALTER TABLE vacancy_document ALTER COLUMN skills SET STORAGE MAIN;
CREATE INDEX vacancy_document_newest ON vacancy_document (published_at DESC, id DESC);
CREATE INDEX vacancy_document_wage ON vacancy_document (wage_top);
CREATE INDEX vacancy_document_region ON vacancy_document (region);
CREATE INDEX vacancy_document_isco ON vacancy_document (isco varchar_pattern_ops);
CREATE INDEX vacancy_document_place ON vacancy_document (latitude, longitude);
CREATE INDEX vacancy_document_closes ON vacancy_document (closes_on);
CREATE INDEX vacancy_document_skills ON vacancy_document USING gin (skills);
CREATE INDEX vacancy_document_head ON vacancy_document USING gin (head);
CREATE INDEX vacancy_document_words ON vacancy_document USING gin (words);

-- How many documents hold a word, and how many names of the vocabulary and of places.
CREATE TABLE vacancy_word (
    word text PRIMARY KEY,
    documents integer NOT NULL DEFAULT 0,
    names integer NOT NULL DEFAULT 0
);
CREATE INDEX vacancy_word_near ON vacancy_word USING gin (word gin_trgm_ops) WHERE position(':' IN word) = 0;
CREATE INDEX vacancy_word_begins ON vacancy_word (word text_pattern_ops);

CREATE SEQUENCE vacancy_index_version;
CREATE TABLE vacancy_index_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version bigint NOT NULL,
    vocabulary varchar NOT NULL DEFAULT ''
);
INSERT INTO vacancy_index_state (version) VALUES (nextval('vacancy_index_version'));

-- The setting below is only known once the extension's library is loaded.
SELECT similarity('a', 'b');
-- One wrong letter in the middle of a word of four leaves a similarity of 0.25, which the default of 0.3 would miss.
CREATE FUNCTION vacancy_words_near(typed text) RETURNS TABLE (word text, weight integer)
LANGUAGE sql STABLE SET pg_trgm.similarity_threshold = 0.2 AS $$
    SELECT near.word, near.documents + near.names FROM vacancy_word AS near
    WHERE near.word % typed AND position(':' IN near.word) = 0 AND near.documents + near.names > 0
      AND length(near.word) BETWEEN length(typed) - 2 AND length(typed) + 2
    ORDER BY similarity(near.word, typed) DESC, near.documents + near.names DESC LIMIT 40
$$;

-- The haversine formula, as in portal.places.distance.
CREATE FUNCTION vacancy_km(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 2 * 6371.0088 * asin(sqrt(least(1, sin(radians(lat2 - lat1) / 2) ^ 2
    + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2)));

CREATE FUNCTION vacancy_lexemes(words text[], marks text[]) RETURNS tsvector LANGUAGE sql STABLE PARALLEL SAFE
RETURN array_to_tsvector(words || marks || array(
    SELECT DISTINCT 's:' || (ts_lexize('indonesian_stem', word))[1]
    FROM unnest(words) AS word WHERE (ts_lexize('indonesian_stem', word))[1] <> ''
));
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    async def run() -> None:
        await statements(TABLES)

    manager.add_raw(run)
    return manager
