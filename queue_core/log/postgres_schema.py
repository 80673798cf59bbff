"""The log's table and the statements that write to it. No extension is needed."""

from __future__ import annotations


CHANNEL = "yihao_events"
"""NOTIFY channel; the payload is the last position that was recorded, and the halls
to which the events belong: ``1834/city``. Without halls it may be any."""

SCHEMA_LOCK = 5_971_201_901
"""Advisory lock under which tables are made. Any fixed number nobody else uses."""

TURN_LOCK = 597_120
"""First number of the advisory locks for turns; the second one stands for the hall."""

GAP = "YH001"
"""The error code of an append that would leave versions out."""

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS yihao_events (
    position bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    UNIQUE (stream, version)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.5);

CREATE TABLE IF NOT EXISTS yihao_leaves (
    position bigint PRIMARY KEY,
    runs bytea NOT NULL,
    hashes bytea NOT NULL
) WITH (autovacuum_vacuum_insert_scale_factor = 0.5);

CREATE OR REPLACE FUNCTION yihao_append(
    turns int[], streams text[], versions bigint[], topics text[], states bytea[],
    halls text, runs bytea, hashes bytea
) RETURNS bigint LANGUAGE plpgsql AS $body$
DECLARE
    before bigint;
    turn int;
    wrong record;
BEGIN
    -- Whoever has the turn of a hall goes first; the holder has these locks already.
    FOREACH turn IN ARRAY turns LOOP
        PERFORM pg_advisory_xact_lock({TURN_LOCK}, turn);
    END LOOP;
    -- Readers go on; the next writer waits until this one has committed.
    LOCK TABLE yihao_events IN EXCLUSIVE MODE;
    SELECT given.stream, given.first, coalesce(there.last, 0) AS last INTO wrong
    FROM (
        SELECT stream, min(version) AS first
        FROM unnest(streams, versions) AS entry (stream, version) GROUP BY stream
    ) AS given
    LEFT JOIN LATERAL (
        SELECT version AS last FROM yihao_events AS known
        WHERE known.stream = given.stream ORDER BY version DESC LIMIT 1
    ) AS there ON true
    WHERE given.first <> coalesce(there.last, 0) + 1 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% ends at %: version % does not follow',
            wrong.stream, wrong.last, wrong.first
            USING ERRCODE = CASE WHEN wrong.first <= wrong.last
                THEN 'unique_violation' ELSE '{GAP}' END;
    END IF;
    SELECT coalesce(max(position), 0) INTO before FROM yihao_events;
    INSERT INTO yihao_events (position, stream, version, topic, state)
    SELECT before + n, stream, version, topic, state
    FROM unnest(streams, versions, topics, states) WITH ORDINALITY
        AS entry (stream, version, topic, state, n);
    -- A witness of events that are gone is evidence, and hinders nobody.
    INSERT INTO yihao_leaves (position, runs, hashes)
    VALUES (before + 1, runs, hashes) ON CONFLICT DO NOTHING;
    before := before + cardinality(streams);
    PERFORM pg_notify('{CHANNEL}', before::text || halls);
    RETURN before;
END $body$;
"""

APPEND = (
    "SELECT yihao_append(%b::int[], %b::text[], %b::bigint[], %b::text[], %b::bytea[], "
    "%b::text, %b::bytea, %b::bytea)"
)
"""Arguments go in binary form: as text their escaping costs more than the insert."""

READ_HALL = """
SELECT known.upto, found.*
FROM (SELECT coalesce(max(position), 0) AS upto FROM yihao_events) AS known
LEFT JOIN LATERAL (
    SELECT stream, version, topic, state, position FROM yihao_events
    WHERE position > %(after)s AND position <= known.upto
    AND (NOT starts_with(stream, %(days)s) OR starts_with(stream, %(own_days)s))
    ORDER BY position LIMIT %(limit)s
) AS found ON true
"""
"""Days of other halls are left out here; what else is another hall's, by the reader."""

TAKE_TURN = """
BEGIN;
SELECT pg_advisory_xact_lock({lock}, {hall});
SELECT coalesce(max(version), 0) FROM yihao_events WHERE stream = {stream}
"""
"""One round trip. The last statement sees what the holder before has committed."""
