-- Who issues ids of people in a tenant: names of systems, a handful. A person's raw id is looked up under each of them, and
-- finding them among all events would read all events.
CREATE FUNCTION IF NOT EXISTS audit_issuers AS (named) ->
    arrayDistinct(arrayMap(one -> one.2, arrayFilter(one -> one.2 != '' AND audit_user_key(one.1) != '', named)));

CREATE TABLE IF NOT EXISTS ${generation}.issuers
(
    tenant_id String COMMENT 'tenant',
    issuer String COMMENT 'who issues ids of people; of an object that is a person, its system'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, issuer);

CREATE MATERIALIZED VIEW IF NOT EXISTS ${generation}.issuers_mv TO ${generation}.issuers AS
SELECT DISTINCT tenant_id, arrayJoin(audit_issuers(arrayConcat(
    [(`actor.id`, `actor.issuer`), (`approval.approver`, `approval.approver_issuer`), (`link.from_id`, `link.from_issuer`), (`link.to_id`, `link.to_issuer`)],
    arrayZip(on_behalf_of.id, on_behalf_of.issuer), arrayZip(subject_refs.id, subject_refs.issuer), arrayZip(`message.recipients`.id, `message.recipients`.issuer),
    arrayZip(object_refs.id, object_refs.system)))) AS issuer
FROM ${generation}.events
WHERE NOT audit_is_access(kafka_topic);

-- Of a generation that has events already.
INSERT INTO ${generation}.issuers
SELECT DISTINCT tenant_id, arrayJoin(audit_issuers(arrayConcat(
    [(`actor.id`, `actor.issuer`), (`approval.approver`, `approval.approver_issuer`), (`link.from_id`, `link.from_issuer`), (`link.to_id`, `link.to_issuer`)],
    arrayZip(on_behalf_of.id, on_behalf_of.issuer), arrayZip(subject_refs.id, subject_refs.issuer), arrayZip(`message.recipients`.id, `message.recipients`.issuer),
    arrayZip(object_refs.id, object_refs.system)))) AS issuer
FROM ${generation}.events
WHERE NOT audit_is_access(kafka_topic);
