"""Searches planned where they are asked: found by a plan of their own, understood by one that is made once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.database import statements

ID = "2026-11-30T17:45:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Planned searches"

# Settings of a function hold while the statement inside is planned, so that no transaction has to be opened for them.
# A plan made once for every question would read all hits of the frequent words, and EXECUTE plans each time; comparing
# the words of row after row looks cheap to a planner that does not know they have to be fetched first, hence the cost;
# compiling or sharing out a statement that reads some thousand rows takes longer than reading them.
# STABLE: whatever the statement says, it can only read, and may do no more than whoever asks.
FOUND = """
CREATE FUNCTION vacancy_planned(statement text, given text[]) RETURNS SETOF record LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0 SET cpu_operator_cost = 0.1
AS $$
BEGIN
    RETURN QUERY EXECUTE statement USING given;
END
$$;
"""
# Planning these takes longer than running them, so here it is done once.
# One wrong letter in the middle of a word of four leaves a similarity of 0.25, which the default of 0.3 would miss; two
# neighbours exchanged in one of five leave 0.2. At 0.2 a word of four need share no more than its first letter, so that
# thousands are compared of which none is near enough. The setting is only known once the extension's library is loaded.
UNDERSTOOD = """
SELECT similarity('a', 'b');
CREATE OR REPLACE FUNCTION vacancy_words_near(typed text) RETURNS TABLE (word text, weight integer)
LANGUAGE plpgsql STABLE
SET pg_trgm.similarity_threshold = 0.2 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
    IF length(typed) <= 4 THEN
        PERFORM set_config('pg_trgm.similarity_threshold', '0.25', true);
    END IF;
    RETURN QUERY
    SELECT near.word, near.documents + near.names FROM vacancy_word AS near
    WHERE near.word % typed AND position(':' IN near.word) = 0 AND near.documents + near.names > 0
      AND length(near.word) BETWEEN length(typed) - 2 AND length(typed) + 2
    ORDER BY similarity(near.word, typed) DESC, near.documents + near.names DESC LIMIT 40;
END
$$;

CREATE FUNCTION vacancy_words_asked(doubtful text[], typed text[], last text[], beginnings integer)
RETURNS TABLE (word text, stem text, known boolean, documents integer, heads integer,
               begins boolean, longer_documents integer, longer_heads integer, near json)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT given.word, (ts_lexize('indonesian_stem', given.word))[1], known.word IS NOT NULL,
           coalesce(known.documents, 0), coalesce(known.heads, 0), longer.begins, longer.documents, longer.heads,
           CASE WHEN known.word IS NULL AND given.word = ANY (vacancy_words_asked.doubtful) THEN (
               SELECT json_agg(json_build_object('word', each.word, 'weight', each.weight,
                                                 'stem', (ts_lexize('indonesian_stem', each.word))[1]))
               FROM vacancy_words_near(given.word) AS each
           ) END
    FROM unnest(vacancy_words_asked.typed) AS given (word)
    LEFT JOIN vacancy_word AS known ON known.word = given.word AND known.documents + known.names > 0
    LEFT JOIN LATERAL (
        SELECT count(*) > 0 AS begins, sum(documents)::integer AS documents, sum(heads)::integer AS heads FROM (
            SELECT documents, heads FROM vacancy_word
            WHERE word ~>=~ given.word AND word ~<~ (given.word || chr(1114111)) AND documents + names > 0
            LIMIT vacancy_words_asked.beginnings
        ) AS beginning
    ) AS longer ON given.word = ANY (vacancy_words_asked.last);
END
$$;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    async def run() -> None:
        await statements(FOUND)
        await statements(UNDERSTOOD)

    manager.add_raw(run)
    return manager
