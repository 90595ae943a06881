-- Decrypted bodies and who is behind a pseudonym: another engine and directory, or another user and database on a cluster. The
-- log keeps them encrypted; what is here is an index that erasing a key must empty, too (key_id, scope).
CREATE TABLE IF NOT EXISTS ${database}.bodies
(
    tenant_id String COMMENT 'tenant',
    content_id String COMMENT 'key that events refer to',
    scope_kind String COMMENT 'run, session, source_day',
    scope_id String COMMENT 'what the data key belongs to',
    key_id String COMMENT 'data key in the key ring',
    media_type String COMMENT 'RFC 6838 media type',
    size_bytes Int64 COMMENT 'size of the body',
    subjects Array(String) COMMENT 'pseudonyms of the people whom it is about',
    body String COMMENT 'the body; words are found in it without regard to case',
    kafka_timestamp DateTime64(3, 'UTC') COMMENT 'when the broker appended it',
    kafka_topic String COMMENT 'topic of the record',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset',
    INDEX body_words body TYPE text(tokenizer = splitByNonAlpha, preprocessor = lower(body))
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, content_id, kafka_topic, kafka_partition, kafka_offset)
SETTINGS index_granularity = 512;

-- Newest entry by log order wins when it is read: a person's display name may change, the pseudonym does not.
CREATE TABLE IF NOT EXISTS ${database}.directory
(
    tenant_id String COMMENT 'tenant',
    pseudonym String COMMENT 'id in the log',
    issuer String COMMENT 'who issued the raw id',
    raw_id String COMMENT 'id as the producer wrote it',
    display_name String COMMENT 'name, when the producer gave one',
    content_id String COMMENT 'the entry in audit.content.v1',
    key_id String COMMENT 'data key of the person',
    kafka_timestamp DateTime64(3, 'UTC') COMMENT 'when the broker appended it',
    kafka_topic String COMMENT 'topic of the record',
    kafka_partition Int32 COMMENT 'its partition',
    kafka_offset Int64 COMMENT 'its offset'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, pseudonym, kafka_topic, kafka_partition, kafka_offset)
SETTINGS index_granularity = 512;

-- The watermark of this engine's tables, kept as that of the events.
CREATE TABLE IF NOT EXISTS ${database}.projection_state
(
    topic String COMMENT 'topic of the log',
    partition Int32 COMMENT 'its partition',
    next_offset SimpleAggregateFunction(max, Int64) COMMENT 'first offset that is not projected yet',
    last_timestamp SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'broker time of the last record before it'
)
ENGINE = AggregatingMergeTree
ORDER BY (topic, partition);
