-- Ids by which one event names another's thing: what a call produced, what came of an artifact, what undid an effect, what
-- granted or took back a delegation. They are asked for backwards, which without an entry reads a column of all events.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.ids_of_references_mv TO ${generation}.ids AS
SELECT
    tenant_id, entry.1 AS kind, entry.2 AS id, '' AS key, audit_event_key(`source.connector_id`, event_id) AS event_key, event_type, run_key, occurred_at, toFixedString('', 32) AS fact_hash,
    kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.seldom_events
ARRAY JOIN arrayDistinct(arrayFilter(entry -> entry.2 != '', arrayConcat(
    [('produced_by_call', toString(`artifact.produced_by_call_id`)), ('parent_artifact', toString(`artifact.parent_artifact_id`)), ('reverted_effect', toString(`effect.reverts_effect_id`))],
    if(event_type IN ('identity.delegation.granted', 'identity.delegation.revoked'), arrayMap(id -> ('grant', toString(id)), arrayPushBack(on_behalf_of.grant_id, details['grant_id'])), [])
))) AS entry
WHERE `artifact.produced_by_call_id` != '' OR `artifact.parent_artifact_id` != '' OR `effect.reverts_effect_id` != ''
    OR event_type IN ('identity.delegation.granted', 'identity.delegation.revoked');

-- Of a generation that has events already.
INSERT INTO ${generation}.ids
SELECT
    tenant_id, entry.1 AS kind, entry.2 AS id, '' AS key, audit_event_key(`source.connector_id`, event_id) AS event_key, event_type, run_key, occurred_at, toFixedString('', 32) AS fact_hash,
    kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.events
ARRAY JOIN arrayDistinct(arrayFilter(entry -> entry.2 != '', arrayConcat(
    [('produced_by_call', toString(`artifact.produced_by_call_id`)), ('parent_artifact', toString(`artifact.parent_artifact_id`)), ('reverted_effect', toString(`effect.reverts_effect_id`))],
    if(event_type IN ('identity.delegation.granted', 'identity.delegation.revoked'), arrayMap(id -> ('grant', toString(id)), arrayPushBack(on_behalf_of.grant_id, details['grant_id'])), [])
))) AS entry
WHERE `artifact.produced_by_call_id` != '' OR `artifact.parent_artifact_id` != '' OR `effect.reverts_effect_id` != ''
    OR event_type IN ('identity.delegation.granted', 'identity.delegation.revoked');
