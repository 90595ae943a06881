-- Links for the views of data teams: those that hold at the session's watermark, folded as the query API folds them.

CREATE OR REPLACE VIEW ${generation}.session_link_statements AS
SELECT *, (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset) AS place FROM ${generation}.link_statements WHERE tenant_id = audit_session_tenant() AND entry_kind = 'link';

-- Of each event its first copy by log order counts, so that a resend says nothing anew; of each link the last statement decides
-- whether it holds, and the last assertion which ends it has.
CREATE OR REPLACE VIEW ${generation}.public_links AS
WITH (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM ${generation}.watermark) AS watermark
SELECT
    tenant_id, link_id, said.1 AS kind, said.2 AS from_kind, said.3 AS from_key, said.4 AS from_issuer, said.5 AS to_kind, said.6 AS to_key, said.7 AS to_issuer,
    said.8 AS basis, said.9 AS rule_id, said.10 AS confidence, said.11 AS asserted_at, said.12 AS event_id
FROM
(
    SELECT tenant_id, link_id, argMax(stated, first) AS holds, argMaxIf(saying, first, stated) AS said
    FROM
    (
        SELECT
            tenant_id, link_id, event_id, min(place) AS first, argMin(asserted, place) AS stated,
            argMin((kind, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer, basis, rule_id, confidence, occurred_at, event_id), place) AS saying
        FROM ${generation}.session_link_statements
        WHERE kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
        GROUP BY tenant_id, link_id, event_id
    )
    GROUP BY tenant_id, link_id
)
WHERE holds;

-- Ends of links between effects and confirmations, each with what its event says of its place. Found by `ids`, so that a tenant
-- without such links reads no events; the first copy of each, as in `facts`, without that view's pass over all ids.
CREATE OR REPLACE VIEW ${generation}.confirmation_links AS
SELECT link_id, arrayJoin([from_key, to_key]) AS end FROM ${generation}.public_links WHERE kind = 'effect_confirmation' AND from_kind = 'event' AND to_kind = 'event';

CREATE OR REPLACE VIEW ${generation}.session_event_places AS
SELECT id, run_key, occurred_at FROM ${generation}.ids WHERE kind = 'event' AND tenant_id = audit_session_tenant();

CREATE OR REPLACE VIEW ${generation}.confirmation_link_ends AS
WITH (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM ${generation}.watermark) AS watermark
SELECT
    event_id AS end, argMin((effect_id, call_id, root_run_id, run_id, session_id, stream_id, event_id), (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)) AS place,
    argMin(event_type, (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)) AS type, type IN ('object.change.confirmed', 'process.completed', 'process.failed') AS confirms,
    type IN ('tool.call.completed', 'tool.call.failed', 'model.call.completed', 'model.call.failed', 'object.changed', 'object.change.reverted', 'message.sent', 'process.triggered') AS does
FROM ${generation}.session_rows
WHERE event_id IN (SELECT end FROM ${generation}.confirmation_links)
  AND (run_key, occurred_at) IN (SELECT run_key, occurred_at FROM ${generation}.session_event_places WHERE id IN (SELECT end FROM ${generation}.confirmation_links))
  AND kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
GROUP BY event_id;

-- Where a confirmation belongs by links: the places of the effects that it confirms. It is known by its own effect id, else by its
-- event; which end of a link is the effect, the events themselves say.
CREATE OR REPLACE VIEW ${generation}.linked_confirmations AS
SELECT confirmation, arraySort(groupUniqArray(effect)) AS effects
FROM
(
    SELECT link.link_id, maxIf(if(ends.place.1 != '', concat('effect/', ends.place.1), concat('event/', ends.place.7)), ends.confirms) AS confirmation, maxIf(ends.place, ends.does) AS effect
    FROM ${generation}.confirmation_links AS link INNER JOIN ${generation}.confirmation_link_ends AS ends ON ends.end = link.end
    GROUP BY link.link_id
    HAVING countIf(ends.confirms) = 1 AND countIf(ends.does) = 1
)
GROUP BY confirmation;
