-- Every id of every kind, and where its event is: what a pasted id is looked up in. Refs of access events are left out, so
-- that looking at a case does not make the case.
CREATE TABLE IF NOT EXISTS ${generation}.ids
(
    tenant_id String COMMENT 'tenant',
    kind String COMMENT 'what the id names: event, run, case, object, person, call',
    id String COMMENT 'the id; of cases and objects without its system, as audit_entity_id writes it',
    key String COMMENT 'case_key, object_key or user_key of cases, objects and people, else empty',
    event_key String COMMENT 'event that carries it: its connector and its event_id',
    event_type String COMMENT 'its type',
    run_key String COMMENT 'where events are sorted',
    occurred_at DateTime64(6, 'UTC') COMMENT 'when it happened',
    fact_hash FixedString(32) COMMENT 'of kind event: the hash of the fact; else zeros',
    kafka_timestamp DateTime64(3, 'UTC') COMMENT 'when the broker appended it',
    kafka_topic String COMMENT 'topic of the record',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset'
)
ENGINE = ReplacingMergeTree
PARTITION BY tuple()
ORDER BY (tenant_id, kind, id, key, kafka_topic, kafka_partition, kafka_offset)
SETTINGS min_bytes_for_wide_part = 1073741824, index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.ids_mv TO ${generation}.ids AS
SELECT
    tenant_id, entry.1 AS kind, entry.2 AS id, entry.3 AS key, audit_event_key(`source.connector_id`, event_id) AS event_key, event_type, run_key, occurred_at,
    if(kind = 'event', fact_hash, toFixedString('', 32)) AS fact_hash, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.events
ARRAY JOIN arrayDistinct(arrayFilter(entry -> entry.2 != '', arrayConcat(
    [('event', toString(event_id), ''), ('run', toString(run_id), ''), ('root_run', toString(root_run_id), ''), ('parent_run', toString(parent_run_id), ''), 
     ('step', toString(step_id), ''), ('session', toString(session_id), ''), ('turn', toString(turn_id), ''), ('task', toString(task_id), ''), 
     ('trace', toString(trace_id), ''), ('span', toString(span_id), ''), ('call', toString(call_id), ''), ('effect', toString(effect_id), ''), 
     ('decision', toString(decision_id), ''), ('approval', toString(approval_id), ''), ('action', toString(action_mac), ''), ('origin_event', toString(`source.origin_event_id`), ''), 
     ('document_no', toString(`effect.document_no`), ''), ('transaction', toString(`effect.transaction_key`), ''), ('message', toString(`message.message_id`), ''), ('artifact', toString(`artifact.artifact_id`), ''), 
     ('comparison', toString(`comparison.comparison_id`), ''), ('policy', toString(`policy.policy_id`), ''), ('config_item', toString(`change.item_id`), ''), ('link', toString(`link.link_id`), '')],
    arrayMap(ref -> ('content', ref.content_id, ''), content),
    if(audit_is_access(kafka_topic), [], arrayConcat(
        arrayMap(ref -> ('case', audit_entity_id(ref.system, ref.id), audit_case_key(ref.system, ref.id)), case_refs),
        arrayMap(ref -> ('object', audit_entity_id(ref.system, ref.id), audit_object_key(ref.system, ref.type, ref.id)), object_refs),
        arrayMap(id -> ('person', audit_user_key(id), audit_user_key(id)), arrayConcat(
            [toString(`actor.id`), toString(`approval.approver`), toString(`link.from_id`), toString(`link.to_id`)], on_behalf_of.id, subject_refs.id, object_refs.id, `message.recipients`.id))))
))) AS entry;

-- Who looked at what: events of audit.access.v1, which are in no timeline.
CREATE TABLE IF NOT EXISTS ${generation}.access_log
(
    kafka_topic String COMMENT 'topic of the record',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset',
    kafka_timestamp DateTime64(3, 'UTC') COMMENT 'when the broker appended it',
    schema_id Int32 COMMENT 'schema in the registry',
    record_hash FixedString(32) COMMENT 'SHA-256 of the whole Kafka value',
    event_id String COMMENT 'UUIDv7, or deterministic from the origin; the idempotency key',
    event_type String COMMENT 'domain.noun.verb_past, from the catalogue',
    tenant_id String COMMENT 'tenant, from the credential',
    occurred_at DateTime64(6, 'UTC') COMMENT 'when it happened, as the producer says',
    observed_at DateTime64(6, 'UTC') COMMENT 'when the collector received it',
    evidence_grade String COMMENT 'who vouches for it, at most what the credential allows',
    stream_id String COMMENT 'numbered stream that it belongs to',
    seq Int64 COMMENT 'gapless number in the stream, from 1',
    `actor.type` String COMMENT 'kind of actor',
    `actor.id` String COMMENT 'human ids are pseudonyms in the log',
    `actor.issuer` String COMMENT 'who issued the id; the source system when left out',
    `actor.assurance` String COMMENT 'how sure the identity is',
    `actor.relation` String COMMENT 'to the organisation',
    client_app String COMMENT 'client application',
    session_id String COMMENT 'conversation',
    case_refs Array(Tuple(system String, type String, id String, role String)) COMMENT 'matters, tickets, incidents',
    object_refs Array(Tuple(system String, instance String, type String, id String, role String, version_before String, version_after String)) COMMENT 'business objects',
    subject_refs Array(Tuple(id String, issuer String, role String)) COMMENT 'people whom the data is about',
    `outcome.status` String COMMENT 'how it ended',
    `outcome.code` String COMMENT 'machine-readable code',
    `outcome.reason` String COMMENT 'a code, never prose: prose is content of role reason',
    content Array(Tuple(role String, capture String, content_id String, size_bytes Nullable(Int64), media_type String, transform String, truncated Bool)) COMMENT 'references to bodies',
    details Map(String, String) COMMENT 'documented codes per type',
    `access.kind` String COMMENT 'search, reveal, export, report',
    `access.row_count` Nullable(Int64) COMMENT 'rows read',
    `access.paths` Array(String) COMMENT 'fields read',
    `query.kind` String COMMENT 'timeline, search, resolve, event',
    `query.as_of` String COMMENT 'token of what was visible',
    `query.rows` Nullable(Int64) COMMENT 'rows answered',
    `query.answer_hash` String COMMENT 'SHA-256 of the answer',
    `query.reason` String COMMENT 'a code, never prose'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYear(observed_at)
ORDER BY (tenant_id, occurred_at, stream_id, seq, event_id, kafka_topic, kafka_partition, kafka_offset)
SETTINGS min_bytes_for_wide_part = 1073741824, index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.access_log_mv TO ${generation}.access_log AS
SELECT
    kafka_topic,
    kafka_partition,
    kafka_offset,
    kafka_timestamp,
    schema_id,
    record_hash,
    event_id,
    event_type,
    tenant_id,
    occurred_at,
    observed_at,
    evidence_grade,
    stream_id,
    seq,
    `actor.type`,
    `actor.id`,
    `actor.issuer`,
    `actor.assurance`,
    `actor.relation`,
    client_app,
    session_id,
    case_refs,
    object_refs,
    subject_refs,
    `outcome.status`,
    `outcome.code`,
    `outcome.reason`,
    content,
    details,
    `access.kind`,
    `access.row_count`,
    `access.paths`,
    `query.kind`,
    `query.as_of`,
    `query.rows`,
    `query.answer_hash`,
    `query.reason`
FROM ${generation}.events
WHERE audit_is_access(kafka_topic);

-- What could not be accepted or projected: everything but the sealed bytes, which content_id names.
CREATE TABLE IF NOT EXISTS ${generation}.dead_letters
(
    dead_letter_id String COMMENT 'component, origin topic, partition, offset: the same failure has the same id',
    tenant_id String COMMENT 'where the record still said it, else empty',
    component String COMMENT 'who could not',
    origin_topic String COMMENT 'where the record is',
    origin_partition Int32 COMMENT 'its partition',
    origin_offset Int64 COMMENT 'its offset',
    code String COMMENT 'from the closed list of error codes',
    reason String COMMENT 'what was wrong, without content',
    failed_at DateTime64(6, 'UTC') COMMENT 'when it was found',
    record_hash FixedString(32) COMMENT 'SHA-256 of the original value',
    content_id String COMMENT 'the sealed original; empty when there was nothing to keep',
    size_bytes Int64 COMMENT 'its size',
    kafka_timestamp DateTime64(3, 'UTC') COMMENT 'when the broker appended the dead letter',
    kafka_topic String COMMENT 'topic of the dead letter',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, origin_topic, origin_partition, origin_offset, dead_letter_id, kafka_topic, kafka_partition, kafka_offset);
