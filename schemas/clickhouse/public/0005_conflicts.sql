-- Grain: one row per distinct fact that contradicts an event. Key: source_connector_id, event_id, kafka_topic, kafka_partition, kafka_offset.
CREATE OR REPLACE VIEW ${public}.conflicts
(
    tenant_id String COMMENT 'tenant',
    source_connector_id String COMMENT 'connector that said both',
    event_id String COMMENT 'the id under which it said both',
    event_type String COMMENT 'type of the record that contradicts',
    occurred_at DateTime64(6, 'UTC') COMMENT 'when it happened, as this record says',
    observed_at DateTime64(6, 'UTC') COMMENT 'when the collector received it',
    source_system String COMMENT 'system that the fact comes from',
    evidence_grade String COMMENT 'who vouches for it',
    run_id String COMMENT 'run that it names',
    user_key String COMMENT 'person for whom it was done, a pseudonym',
    case_keys Array(String) COMMENT 'cases that it names, as in timeline_by_case',
    object_keys Array(String) COMMENT 'business objects that it names, as in timeline_by_object',
    records UInt64 COMMENT 'how many records say the same',
    kafka_topic String COMMENT 'topic of the first of these',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset',
    record_hash String COMMENT 'SHA-256 of its Kafka value, hex',
    event_topic String COMMENT 'topic of the event that it contradicts',
    event_partition Int32 COMMENT 'its partition',
    event_offset Int64 COMMENT 'its offset'
)
AS SELECT * FROM ${generation}.public_conflicts;
