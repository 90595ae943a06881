-- Records that say something else under the key of an event that stands already: the same connector, the same id, other facts. They are in no
-- count and no other view. Of several with the same facts the first stands for all.
CREATE OR REPLACE VIEW ${generation}.contradictions AS
WITH (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM ${generation}.watermark) AS watermark
SELECT event_key, place, first, records
FROM
(
    SELECT
        event_key, min((kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)) AS place, min(place) OVER (PARTITION BY event_key) AS first,
        uniqExact(kafka_topic, kafka_partition, kafka_offset) AS records
    FROM ${generation}.session_ids
    WHERE kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
      AND event_key IN (SELECT event_key FROM ${generation}.session_copies WHERE conflict)
    GROUP BY event_key, fact_hash
)
WHERE place != first;

CREATE OR REPLACE VIEW ${generation}.public_conflicts AS
SELECT
    row.tenant_id AS tenant_id, row.`source.connector_id` AS source_connector_id, row.event_id AS event_id, row.event_type AS event_type, row.occurred_at AS occurred_at,
    row.observed_at AS observed_at, row.`source.system` AS source_system, row.evidence_grade AS evidence_grade, row.run_id AS run_id,
    audit_person(row.on_behalf_of, row.`actor.type`, row.`actor.id`) AS user_key,
    arrayDistinct(arrayMap(ref -> audit_case_key(ref.system, ref.id), row.case_refs)) AS case_keys,
    arrayDistinct(arrayMap(ref -> audit_object_key(ref.system, ref.type, ref.id), row.object_refs)) AS object_keys,
    one.records AS records, row.kafka_topic AS kafka_topic, row.kafka_partition AS kafka_partition, row.kafka_offset AS kafka_offset, lower(hex(row.record_hash)) AS record_hash,
    one.first.2 AS event_topic, one.first.3 AS event_partition, one.first.4 AS event_offset
FROM ${generation}.session_rows AS row
INNER JOIN (SELECT event_key, place, first, records FROM ${generation}.contradictions) AS one
    ON one.event_key = row.event_key AND one.place.2 = row.kafka_topic AND one.place.3 = row.kafka_partition AND one.place.4 = row.kafka_offset;
