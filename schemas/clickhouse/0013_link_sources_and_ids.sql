-- A source takes back what it said itself, and nothing of another source, of people or of rules: two of them may say the same link, and one
-- may say less than the other. Who says so is part of the record; what that means is decided where links are folded (query API).
ALTER TABLE ${generation}.link_statements ADD COLUMN IF NOT EXISTS source_system String COMMENT 'source of the event that says so';

ALTER TABLE ${generation}.link_statements_mv MODIFY QUERY
SELECT
    tenant_id, one.1 AS entry_kind, one.2 AS entry_key, one.3 AS entry, link_id, kind, asserted, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer,
    basis, rule_id, confidence, event_id, event_key, occurred_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset, source_system
FROM
(
    SELECT
        tenant_id, event_id, audit_event_key(`source.connector_id`, event_id) AS event_key, occurred_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset, `source.system` AS source_system,
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

-- The rows of before know no source. All of them come from events: they are made anew, and what the view adds meanwhile is the same row.
TRUNCATE TABLE ${generation}.link_statements;

INSERT INTO ${generation}.link_statements
    (tenant_id, entry_kind, entry_key, entry, link_id, kind, asserted, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer, basis, rule_id, confidence, event_id, event_key, occurred_at,
    kafka_timestamp, kafka_topic, kafka_partition, kafka_offset, source_system)
SELECT
    tenant_id, one.1 AS entry_kind, one.2 AS entry_key, one.3 AS entry, link_id, kind, asserted, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer,
    basis, rule_id, confidence, event_id, event_key, occurred_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset, source_system
FROM
(
    SELECT
        tenant_id, event_id, audit_event_key(`source.connector_id`, event_id) AS event_key, occurred_at, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset, `source.system` AS source_system,
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

-- An id may have colons of its own: it is what stands behind system and type, and not what stands behind the last of them.
CREATE FUNCTION IF NOT EXISTS audit_id_of_key AS (kind, key) ->
    arrayStringConcat(arraySlice(splitByChar(':', toString(key)), if(kind = 'object', 3, 2)), ':');

ALTER TABLE ${generation}.ids_of_links_mv MODIFY QUERY
SELECT
    tenant_id, entry.1 AS kind, entry.2 AS id, entry.3 AS key, audit_event_key(`source.connector_id`, event_id) AS event_key, event_type, run_key, occurred_at, toFixedString('', 32) AS fact_hash,
    kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.seldom_events
ARRAY JOIN arrayDistinct(arrayFilter(entry -> entry.2 != '', arrayConcat(
    [('idempotency', toString(`tool.idempotency_key`), '')],
    arrayMap(one -> (one.1, audit_id_of_key(one.1, one.2), one.2), arrayFilter(one -> one.1 IN ('case', 'object') AND position(one.2, ':') > 0,
        [(toString(`link.from_kind`), audit_link_end_key(`link.from_kind`, `link.from_id`)), (toString(`link.to_kind`), audit_link_end_key(`link.to_kind`, `link.to_id`))]))
))) AS entry
WHERE event_type = 'link.asserted' OR `tool.idempotency_key` != '';

ALTER TABLE ${generation}.ids DELETE WHERE event_type = 'link.asserted' AND kind IN ('case', 'object') AND key != '' AND id != audit_id_of_key(kind, key) SETTINGS mutations_sync = 1;

INSERT INTO ${generation}.ids (tenant_id, kind, id, key, event_key, event_type, run_key, occurred_at, fact_hash, kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)
SELECT
    tenant_id, entry.1 AS kind, entry.2 AS id, entry.3 AS key, audit_event_key(`source.connector_id`, event_id) AS event_key, event_type, run_key, occurred_at, toFixedString('', 32) AS fact_hash,
    kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
FROM ${generation}.events
ARRAY JOIN arrayDistinct(arrayFilter(entry -> entry.2 != '', arrayConcat(
    [('idempotency', toString(`tool.idempotency_key`), '')],
    arrayMap(one -> (one.1, audit_id_of_key(one.1, one.2), one.2), arrayFilter(one -> one.1 IN ('case', 'object') AND position(one.2, ':') > 0,
        [(toString(`link.from_kind`), audit_link_end_key(`link.from_kind`, `link.from_id`)), (toString(`link.to_kind`), audit_link_end_key(`link.to_kind`, `link.to_id`))]))
))) AS entry
WHERE event_type = 'link.asserted' OR `tool.idempotency_key` != '';
