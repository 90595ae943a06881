-- Where the log ends, as Kafka told the projector: lag is the difference to next_offset. Without looked_at a projector that is
-- away would look like one that has nothing to do.
ALTER TABLE ${generation}.projection_state
    ADD COLUMN IF NOT EXISTS high_watermark SimpleAggregateFunction(max, Int64) COMMENT 'the log\'s next offset, when the projector last looked',
    ADD COLUMN IF NOT EXISTS looked_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'when it last looked; 1970 is never';

-- Seldom events on their way to the views that want them, in the few columns that these need; the table keeps nothing. A view that
-- is asked costs a small insert 10 to 25 ms even where it finds nothing (planning, over all columns of its source): so these are
-- asked only when the one view before them found something.
CREATE TABLE IF NOT EXISTS ${generation}.seldom_events
(
    kafka_topic String,
    kafka_partition Int32,
    kafka_offset Int64,
    kafka_timestamp DateTime64(3, 'UTC'),
    event_id String,
    event_type String,
    tenant_id String,
    occurred_at DateTime64(6, 'UTC'),
    `source.system` String,
    `source.connector_id` String,
    on_behalf_of Array(Tuple(type String, id String, issuer String, relation String, grant_id String)),
    details Map(String, String),
    `tool.idempotency_key` String,
    `artifact.parent_artifact_id` String,
    `artifact.produced_by_call_id` String,
    `effect.reverts_effect_id` String,
    `link.link_id` String,
    `link.kind` String,
    `link.from_kind` String,
    `link.from_id` String,
    `link.from_issuer` String,
    `link.to_kind` String,
    `link.to_id` String,
    `link.to_issuer` String,
    `link.basis` String,
    `link.rule_id` String,
    `link.confidence` Nullable(Float64),
    `gap.stream_id` String,
    `gap.from_seq` Nullable(Int64),
    `gap.to_seq` Nullable(Int64),
    `gap.kind` String,
    run_key String
)
ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.seldom_events_mv TO ${generation}.seldom_events AS
SELECT
    kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, event_id, event_type, tenant_id, occurred_at, `source.system`, `source.connector_id`, on_behalf_of, details, `tool.idempotency_key`, `artifact.parent_artifact_id`, `artifact.produced_by_call_id`, `effect.reverts_effect_id`, `link.link_id`, `link.kind`, `link.from_kind`, `link.from_id`, `link.from_issuer`, `link.to_kind`, `link.to_id`, `link.to_issuer`, `link.basis`, `link.rule_id`, `link.confidence`, `gap.stream_id`, `gap.from_seq`, `gap.to_seq`, `gap.kind`, run_key
FROM ${generation}.events
WHERE event_type IN ('collector.gap.detected', 'collector.gap.closed', 'link.asserted', 'link.retracted', 'identity.account.linked', 'identity.account.unlinked',
        'identity.delegation.granted', 'identity.delegation.revoked')
    OR `tool.idempotency_key` != '' OR `artifact.produced_by_call_id` != '' OR `artifact.parent_artifact_id` != '' OR `effect.reverts_effect_id` != '';

-- What the log said of missing numbers: few rows, so that a list need not look for them among all events.
CREATE TABLE IF NOT EXISTS ${generation}.gaps
(
    tenant_id String COMMENT 'tenant',
    stream_id String COMMENT 'stream with the gap',
    from_seq Nullable(Int64) COMMENT 'first missing number',
    to_seq Nullable(Int64) COMMENT 'last missing number',
    kind String COMMENT 'how it shows',
    closed Bool COMMENT 'whether this says that the numbers arrived after all',
    cause String COMMENT 'a code',
    event_id String COMMENT 'event that says so',
    occurred_at DateTime64(6, 'UTC') COMMENT 'when it was found, or closed',
    `source.system` String COMMENT 'who says so',
    kafka_timestamp DateTime64(3, 'UTC') COMMENT 'when the broker appended it',
    kafka_topic String COMMENT 'topic of the record',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, stream_id, kafka_topic, kafka_partition, kafka_offset);

CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.gaps_mv TO ${generation}.gaps AS
SELECT
    tenant_id, `gap.stream_id` AS stream_id, `gap.from_seq` AS from_seq, `gap.to_seq` AS to_seq, `gap.kind` AS kind, event_type = 'collector.gap.closed' AS closed,
    details['cause'] AS cause, event_id, occurred_at, `source.system`, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.seldom_events
WHERE event_type IN ('collector.gap.detected', 'collector.gap.closed');

-- Every number of every stream: what stands before and after a gap, and which numbers nobody has. Numbers are given per tenant and
-- stream.
CREATE TABLE IF NOT EXISTS ${generation}.stream_numbers
(
    tenant_id String COMMENT 'tenant',
    stream_id String COMMENT 'numbered stream',
    seq Int64 COMMENT 'number in it, from 1',
    event_id String COMMENT 'event that has the number',
    occurred_at DateTime64(6, 'UTC') COMMENT 'when it happened',
    observed_at DateTime64(6, 'UTC') COMMENT 'when the collector received it',
    kafka_timestamp DateTime64(3, 'UTC') COMMENT 'when the broker appended it',
    kafka_topic String COMMENT 'topic of the record',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, stream_id, seq, kafka_topic, kafka_partition, kafka_offset)
SETTINGS min_bytes_for_wide_part = 1073741824, index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.stream_numbers_mv TO ${generation}.stream_numbers AS
SELECT tenant_id, stream_id, seq, event_id, occurred_at, observed_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset FROM ${generation}.events;

-- An end of a link as a key: ends of kind case are written `system:id`, of kind object `system:type:id`, a ':' in system or type as
-- %3A, so that an end is the key of a timeline, whatever spelling of the id the link has. Everything else is compared as written.
CREATE FUNCTION IF NOT EXISTS audit_key_unpart AS (part) -> replaceAll(replaceAll(part, '%3A', ':'), '%25', '%');
CREATE FUNCTION IF NOT EXISTS audit_link_end_key AS (kind, id) ->
    multiIf(
        kind = 'case' AND position(id, ':') > 0,
            audit_case_key(audit_key_unpart(splitByChar(':', toString(id))[1]), substring(id, position(id, ':') + 1)),
        kind = 'object' AND length(splitByChar(':', toString(id))) > 2,
            audit_object_key(audit_key_unpart(splitByChar(':', toString(id))[1]), audit_key_unpart(splitByChar(':', toString(id))[2]), arrayStringConcat(arraySlice(splitByChar(':', toString(id)), 3), ':')),
        toString(id)
    );

-- Statements about links, each under both its ends, under its link's id and under its kind; folded when read: which of them
-- were known, and which one was the last, depends on how much of the log the reader looks at. Accounts are named by their two ends, whatever
-- order they stand in.
CREATE TABLE IF NOT EXISTS ${generation}.link_statements
(
    tenant_id String COMMENT 'tenant',
    entry_kind String COMMENT 'kind of the end; person for user, person and account; link and kind for the other two entries',
    entry_key String COMMENT 'key of the end, id of the link, or its kind',
    entry String COMMENT 'from, to, link, kind',
    link_id String COMMENT 'the link',
    kind String COMMENT 'which two kinds it joins; empty on a retraction that names its link alone',
    asserted Bool COMMENT 'said, or taken back',
    from_kind String COMMENT 'kind of the first end; person for user, person and account',
    from_key String COMMENT 'key of the first end',
    from_issuer String COMMENT 'who issued a person\'s id',
    to_kind String COMMENT 'kind of the second end',
    to_key String COMMENT 'key of the second end',
    to_issuer String COMMENT 'who issued a person\'s id',
    basis String COMMENT 'on what it rests',
    rule_id String COMMENT 'rule that found it',
    confidence Nullable(Float64) COMMENT '0 to 1',
    event_id String COMMENT 'event that says so',
    event_key String COMMENT 'its connector and its event_id',
    occurred_at DateTime64(6, 'UTC') COMMENT 'when',
    kafka_timestamp DateTime64(3, 'UTC') COMMENT 'when the broker appended it',
    kafka_topic String COMMENT 'topic of the record',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, entry_kind, entry_key, link_id, entry, kafka_topic, kafka_partition, kafka_offset)
SETTINGS index_granularity = 512;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.link_statements_mv TO ${generation}.link_statements AS
SELECT
    tenant_id, one.1 AS entry_kind, one.2 AS entry_key, one.3 AS entry, link_id, kind, asserted, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer,
    basis, rule_id, confidence, event_id, event_key, occurred_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM
(
    SELECT
        tenant_id, event_id, audit_event_key(`source.connector_id`, event_id) AS event_key, occurred_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset,
        startsWith(event_type, 'identity.') AS of_accounts,
        if(of_accounts OR `link.from_kind` IN ('user', 'account'), 'person', `link.from_kind`) AS from_kind,
        if(of_accounts OR `link.to_kind` IN ('user', 'account'), 'person', `link.to_kind`) AS to_kind,
        audit_link_end_key(from_kind, `link.from_id`) AS from_key, audit_link_end_key(to_kind, `link.to_id`) AS to_key,
        `link.from_issuer` AS from_issuer, `link.to_issuer` AS to_issuer,
        if(of_accounts, 'account_' || lower(substring(hex(SHA256(least(from_key, to_key) || ' ' || greatest(from_key, to_key))), 1, 32)), toString(`link.link_id`)) AS link_id,
        multiIf(of_accounts, 'account_person', `link.kind` = 'unknown', '', `link.kind`) AS kind,
        event_type IN ('link.asserted', 'identity.account.linked') AS asserted,
        toString(`link.basis`) AS basis, `link.rule_id` AS rule_id, `link.confidence` AS confidence
    FROM ${generation}.seldom_events
    WHERE event_type IN ('link.asserted', 'link.retracted', 'identity.account.linked', 'identity.account.unlinked')
)
ARRAY JOIN arrayFilter(entry -> entry.2 != '', [(from_kind, from_key, 'from'), (to_kind, to_key, 'to'), ('link', link_id, 'link'), ('kind', toString(kind), 'kind')]) AS one;

-- A case or object that only a link names is found all the same, and the key under which a call may be repeated is an id, too.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.ids_of_links_mv TO ${generation}.ids AS
SELECT
    tenant_id, entry.1 AS kind, entry.2 AS id, entry.3 AS key, audit_event_key(`source.connector_id`, event_id) AS event_key, event_type, run_key, occurred_at, toFixedString('', 32) AS fact_hash,
    kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.seldom_events
ARRAY JOIN arrayDistinct(arrayFilter(entry -> entry.2 != '', arrayConcat(
    [('idempotency', toString(`tool.idempotency_key`), '')],
    arrayMap(one -> (one.1, arrayElement(splitByChar(':', one.2), -1), one.2), arrayFilter(one -> one.1 IN ('case', 'object') AND position(one.2, ':') > 0,
        [(toString(`link.from_kind`), audit_link_end_key(`link.from_kind`, `link.from_id`)), (toString(`link.to_kind`), audit_link_end_key(`link.to_kind`, `link.to_id`))]))
))) AS entry
WHERE event_type = 'link.asserted' OR `tool.idempotency_key` != '';

-- How far whoever works through the log's new records in these tables has got: a reader of its own per name.
CREATE TABLE IF NOT EXISTS ${generation}.reader_state
(
    reader String COMMENT 'who',
    topic String COMMENT 'topic of the log',
    partition Int32 COMMENT 'its partition',
    next_offset SimpleAggregateFunction(max, Int64) COMMENT 'first offset that was not worked through',
    last_timestamp SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'broker time before which nothing of this partition is new'
)
ENGINE = AggregatingMergeTree
ORDER BY (reader, topic, partition);

-- New records are in young parts; by this index old ones are passed over without being read.
ALTER TABLE ${generation}.events ADD INDEX IF NOT EXISTS kafka_timestamp_range kafka_timestamp TYPE minmax GRANULARITY 1;

-- What was projected before this migration. The views stand already, so nothing falls between; what both bring is one row.
INSERT INTO ${generation}.gaps
SELECT
    tenant_id, `gap.stream_id`, `gap.from_seq`, `gap.to_seq`, `gap.kind`, event_type = 'collector.gap.closed',
    details['cause'], event_id, occurred_at, `source.system`, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.events
WHERE event_type IN ('collector.gap.detected', 'collector.gap.closed');

INSERT INTO ${generation}.stream_numbers
SELECT tenant_id, stream_id, seq, event_id, occurred_at, observed_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset FROM ${generation}.events;

INSERT INTO ${generation}.link_statements
SELECT
    tenant_id, one.1 AS entry_kind, one.2 AS entry_key, one.3 AS entry, link_id, kind, asserted, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer,
    basis, rule_id, confidence, event_id, event_key, occurred_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM
(
    SELECT
        tenant_id, event_id, audit_event_key(`source.connector_id`, event_id) AS event_key, occurred_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset,
        startsWith(event_type, 'identity.') AS of_accounts,
        if(of_accounts OR `link.from_kind` IN ('user', 'account'), 'person', `link.from_kind`) AS from_kind,
        if(of_accounts OR `link.to_kind` IN ('user', 'account'), 'person', `link.to_kind`) AS to_kind,
        audit_link_end_key(from_kind, `link.from_id`) AS from_key, audit_link_end_key(to_kind, `link.to_id`) AS to_key,
        `link.from_issuer` AS from_issuer, `link.to_issuer` AS to_issuer,
        if(of_accounts, 'account_' || lower(substring(hex(SHA256(least(from_key, to_key) || ' ' || greatest(from_key, to_key))), 1, 32)), toString(`link.link_id`)) AS link_id,
        multiIf(of_accounts, 'account_person', `link.kind` = 'unknown', '', `link.kind`) AS kind,
        event_type IN ('link.asserted', 'identity.account.linked') AS asserted,
        toString(`link.basis`) AS basis, `link.rule_id` AS rule_id, `link.confidence` AS confidence
    FROM ${generation}.events
    WHERE event_type IN ('link.asserted', 'link.retracted', 'identity.account.linked', 'identity.account.unlinked')
)
ARRAY JOIN arrayFilter(entry -> entry.2 != '', [(from_kind, from_key, 'from'), (to_kind, to_key, 'to'), ('link', link_id, 'link'), ('kind', toString(kind), 'kind')]) AS one;

INSERT INTO ${generation}.ids
SELECT
    tenant_id, entry.1 AS kind, entry.2 AS id, entry.3 AS key, audit_event_key(`source.connector_id`, event_id) AS event_key, event_type, run_key, occurred_at, toFixedString('', 32) AS fact_hash,
    kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.events
ARRAY JOIN arrayDistinct(arrayFilter(entry -> entry.2 != '', arrayConcat(
    [('idempotency', toString(`tool.idempotency_key`), '')],
    arrayMap(one -> (one.1, arrayElement(splitByChar(':', one.2), -1), one.2), arrayFilter(one -> one.1 IN ('case', 'object') AND position(one.2, ':') > 0,
        [(toString(`link.from_kind`), audit_link_end_key(`link.from_kind`, `link.from_id`)), (toString(`link.to_kind`), audit_link_end_key(`link.to_kind`, `link.to_id`))]))
))) AS entry
WHERE event_type = 'link.asserted' OR `tool.idempotency_key` != '';
