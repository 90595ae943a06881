-- Links for the views of data teams: those that hold at the session's watermark, folded as the query API folds them.

CREATE OR REPLACE VIEW ${generation}.session_link_statements AS
SELECT *, (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset) AS place FROM ${generation}.link_statements WHERE tenant_id = audit_session_tenant() AND entry_kind = 'link';

-- Of each event its first copy by log order counts, so that a resend says nothing anew; of each link the last statement of whoever says
-- it. A source takes back what it said itself; people and rules, known by their basis, take it back for all, until it is said anew. Two
-- sources that join different ends under one id have a link each.
CREATE OR REPLACE VIEW ${generation}.public_links AS
WITH (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM ${generation}.watermark) AS watermark
SELECT
    tenant_id, link_id, said.1 AS kind, said.2 AS from_kind, said.3 AS from_key, said.4 AS from_issuer, said.5 AS to_kind, said.6 AS to_key, said.7 AS to_issuer,
    said.8 AS basis, said.9 AS rule_id, said.10 AS confidence, said.11 AS asserted_at, said.12 AS event_id
FROM
(
    SELECT tenant_id, link_id, max(stands) AS holds, argMax(says, (stands, last)) AS said
    FROM
    (
        SELECT tenant_id, link_id, argMax(stated, first) AND max(first) > max(taken_back) AS stands, argMaxIf(saying, first, stated) AS says, maxIf(first, stated) AS last
        FROM
        (
            SELECT *, maxIf(first, voice = '' AND NOT stated) OVER (PARTITION BY tenant_id, link_id) AS taken_back
            FROM
            (
                SELECT
                    tenant_id, link_id, event_key, min(place) AS first, argMin(asserted, place) AS stated,
                    argMin(if(basis IN ('person', 'rule'), '', concat('source ', source_system)), place) AS voice,
                    argMin((kind, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer, basis, rule_id, confidence, occurred_at, event_id), place) AS saying
                FROM ${generation}.session_link_statements
                WHERE kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
                GROUP BY tenant_id, link_id, event_key
            )
        )
        GROUP BY tenant_id, link_id, voice
        HAVING countIf(stated) > 0
    )
    GROUP BY tenant_id, link_id, arraySort([(says.2, says.3), (says.5, says.6)])
)
WHERE holds;

-- What events say of their place that may be ends of links between effects and confirmations. Few columns and no FINAL: of each event the
-- first copy is taken, and planning over all columns would cost everybody who has no links more than their reading.
CREATE OR REPLACE VIEW ${generation}.session_effect_rows AS
SELECT
    event_key, event_type, effect_id, call_id, root_run_id, run_id, session_id, stream_id, run_key, occurred_at, kafka_topic, kafka_partition, kafka_offset,
    (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset) AS place
FROM ${generation}.events WHERE tenant_id = audit_session_tenant();

CREATE OR REPLACE VIEW ${generation}.session_event_places AS
SELECT event_key, run_key, occurred_at FROM ${generation}.ids WHERE kind = 'event' AND tenant_id = audit_session_tenant();

-- Where a confirmation belongs by links: the places of the effects that it confirms. It is known by its own effect id, else by its
-- event; which end of a link is the effect, the events themselves say. They are found by `ids`: without such links no event is read.
CREATE OR REPLACE VIEW ${generation}.linked_confirmations AS
WITH
    (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM ${generation}.watermark) AS watermark,
    (SELECT groupArray((link_id, [from_key, to_key])) FROM ${generation}.public_links WHERE kind = 'effect_confirmation' AND from_kind = 'event' AND to_kind = 'event') AS links
SELECT confirmation, arraySort(groupUniqArray(effect)) AS effects
FROM
(
    SELECT link.number, maxIf(if(event.place.1 != '', concat('effect/', event.place.1), concat('event/', event.place.7)), event.confirms) AS confirmation, maxIf(event.place, event.does) AS effect
    FROM (SELECT one.1 AS number, arrayJoin(one.2) AS end FROM (SELECT arrayJoin(arrayZip(arrayEnumerate(links.2), links.2)) AS one)) AS link
    INNER JOIN
    (
        SELECT
            event_key AS end, argMin((effect_id, call_id, root_run_id, run_id, session_id, stream_id, event_key), rows.place) AS place,
            argMin(event_type, rows.place) AS type, type IN ('object.change.confirmed', 'process.completed', 'process.failed') AS confirms,
            type IN ('tool.call.completed', 'tool.call.failed', 'model.call.completed', 'model.call.failed', 'object.changed', 'object.change.reverted', 'message.sent', 'process.triggered') AS does
        FROM ${generation}.session_effect_rows AS rows
        WHERE event_key IN (SELECT arrayJoin(arrayFlatten(links.2)))
          AND (run_key, occurred_at) IN (SELECT run_key, occurred_at FROM ${generation}.session_event_places WHERE event_key IN (SELECT arrayJoin(arrayFlatten(links.2))))
          AND kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
        GROUP BY event_key
    ) AS event ON event.end = link.end
    GROUP BY link.number
    HAVING countIf(event.confirms) = 1 AND countIf(event.does) = 1
)
GROUP BY confirmation;
