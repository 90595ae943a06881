-- The read rule's parts. A view over a view is planned, and takes its snapshot of the parts, after the watermark of the outer
-- view was read: so a row that the watermark admits is always in the snapshot. Reading the tables directly beside the
-- watermark has it the other way round, and could show half a batch.
CREATE VIEW IF NOT EXISTS ${generation}.events_rows AS SELECT *, run_key, late, event_key FROM ${generation}.events FINAL;
CREATE VIEW IF NOT EXISTS ${generation}.timeline_by_case_rows AS
SELECT * EXCEPT (entity_kind, entity_key, entity_system, entity_instance, entity_type, entity_id, object_version_before, object_version_after), event_key,
    entity_key AS case_key, entity_system AS case_system, entity_type AS case_type, entity_id AS case_id
FROM ${generation}.timelines FINAL WHERE entity_kind = 'case';
CREATE VIEW IF NOT EXISTS ${generation}.timeline_by_user_rows AS
SELECT * EXCEPT (entity_kind, entity_key, entity_system, entity_instance, entity_type, entity_id, object_version_before, object_version_after), event_key,
    entity_key AS user_key
FROM ${generation}.timelines FINAL WHERE entity_kind = 'user';
CREATE VIEW IF NOT EXISTS ${generation}.timeline_by_object_rows AS
SELECT * EXCEPT (entity_kind, entity_key, entity_system, entity_instance, entity_type, entity_id, object_version_before, object_version_after), event_key,
    entity_key AS object_key, entity_system AS object_system, entity_instance AS object_instance, entity_type AS object_type, entity_id AS object_id, object_version_before, object_version_after
FROM ${generation}.timelines FINAL WHERE entity_kind = 'object';
CREATE VIEW IF NOT EXISTS ${generation}.event_ids_rows AS SELECT tenant_id, event_key, fact_hash, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset FROM ${generation}.ids WHERE kind = 'event';

-- Events (of one connector under one id) of which the log holds more than one copy: how many, the first by (kafka_timestamp, topic, partition, offset), and whether
-- their facts differ. Re-inserts of one record are one copy. Computed for the reader's tenant, up to the watermark.
CREATE VIEW IF NOT EXISTS ${generation}.event_copies AS
WITH (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM (SELECT topic, partition, max(next_offset) AS next_offset FROM ${generation}.projection_state GROUP BY topic, partition)) AS watermark
SELECT
    event_key,
    uniqExact(kafka_topic, kafka_partition, kafka_offset) AS copies,
    min((kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)) AS first,
    min(fact_hash) != max(fact_hash) AS conflict
FROM ${generation}.event_ids_rows
WHERE tenant_id = audit_reader_tenant()
  AND kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
  AND event_key IN (
    SELECT event_key FROM ${generation}.event_ids_rows
    WHERE tenant_id = audit_reader_tenant()
      AND kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
    GROUP BY event_key
    HAVING min(sipHash64(kafka_topic, kafka_partition, kafka_offset)) != max(sipHash64(kafka_topic, kafka_partition, kafka_offset)))
GROUP BY event_key;
