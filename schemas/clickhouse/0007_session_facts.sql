-- What the views for data teams are made of: a session's tenant, its watermark, and the events that it may see, each once.

-- A session says in log_comment whose rows it sees. Readers' is their tenant and nothing else: the door, or the user's profile on a
-- cluster, sets it, and readonly keeps it. Our query API, a writer, may add a line with a vector, so that the same views answer
-- as of an earlier moment: tenant, line break, [["topic", partition, next offset], …].
CREATE FUNCTION IF NOT EXISTS audit_session_tenant AS () -> substringIndex(getSetting('log_comment'), '\n', 1);
CREATE FUNCTION IF NOT EXISTS audit_session_vector AS () -> substring(getSetting('log_comment'), length(substringIndex(getSetting('log_comment'), '\n', 1)) + 2);

-- The person behind an event: the outermost human for whom it was done, else the one who did it.
CREATE FUNCTION IF NOT EXISTS audit_person AS (principals, actor_type, actor_id) ->
    multiIf(arrayExists(one -> one.1 = 'human', principals), arrayFirst(one -> one.1 = 'human', principals).2, actor_type = 'human', actor_id, '');

-- Of several decisions about one action the strictest counts.
CREATE FUNCTION IF NOT EXISTS audit_strictness AS (decision) -> transform(decision, ['allow', 'mask', 'require_approval', 'deny'], [1, 2, 3, 4], 0);

CREATE OR REPLACE VIEW ${generation}.watermark AS
SELECT topic, partition, max(next_offset) AS next_offset FROM ${generation}.projection_state WHERE audit_session_vector() = '' GROUP BY topic, partition
UNION ALL
SELECT entry.1 AS topic, entry.2 AS partition, entry.3 AS next_offset
FROM (SELECT arrayJoin(JSONExtract(audit_session_vector(), 'Array(Tuple(String, Int32, Int64))')) AS entry)
WHERE audit_session_vector() != '';

-- Each in a view of its own, so that its parts are listed after the watermark was read (0005 says why).
CREATE OR REPLACE VIEW ${generation}.session_rows AS SELECT *, run_key, late, event_key FROM ${generation}.events FINAL WHERE tenant_id = audit_session_tenant();
CREATE OR REPLACE VIEW ${generation}.session_ids AS
SELECT event_key, fact_hash, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset FROM ${generation}.ids WHERE kind = 'event' AND tenant_id = audit_session_tenant();

-- Records that repeat an event: all but the first by (kafka_timestamp, topic, partition, offset). Re-inserts of one record are one.
CREATE OR REPLACE VIEW ${generation}.session_copies AS
WITH (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM ${generation}.watermark) AS watermark
SELECT event_key, arraySort(groupUniqArray((kafka_timestamp, kafka_topic, kafka_partition, kafka_offset))) AS places, min(fact_hash) != max(fact_hash) AS conflict
FROM ${generation}.session_ids
WHERE kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
  AND event_key IN (
    SELECT event_key FROM ${generation}.session_ids
    WHERE kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
    GROUP BY event_key
    HAVING min(sipHash64(kafka_topic, kafka_partition, kafka_offset)) != max(sipHash64(kafka_topic, kafka_partition, kafka_offset)))
GROUP BY event_key;

-- One row per event, with every column of the record. The tenant's, below the watermark, the first copy of each.
CREATE OR REPLACE VIEW ${generation}.facts AS
WITH (SELECT (groupArray(audit_log_number(topic, partition)), groupArray(next_offset)) FROM ${generation}.watermark) AS watermark
SELECT * FROM ${generation}.session_rows
WHERE kafka_offset < transform(audit_log_number(kafka_topic, kafka_partition), watermark.1, watermark.2, toInt64(-1))
  AND (kafka_topic, kafka_partition, kafka_offset) NOT IN (
    SELECT place.2, place.3, place.4 FROM (SELECT arrayJoin(arrayPopFront(places)) AS place FROM ${generation}.session_copies));
