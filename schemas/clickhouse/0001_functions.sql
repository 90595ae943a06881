-- Identity of cases, objects and people: one function per kind, used by views and queries alike, so that both always
-- agree. Rules version 1. Materialized views take a copy of a function when they are created: a changed rule needs a new
-- generation.

-- The tenant that a reader's session is bound to. The door, or the user's profile on a cluster, sets it as a constant.
CREATE FUNCTION IF NOT EXISTS audit_reader_tenant AS () -> getSetting('log_comment');

-- Systems and types stand before the id with ':' between; a ':' in them is written %3A, so no two identities share a key.
CREATE FUNCTION IF NOT EXISTS audit_key_part AS (part) -> replaceAll(replaceAll(part, '%', '%25'), ':', '%3A');

-- Trim, NFC, one leading '#' off; then rules per system: SAP's leading zeros, Salesforce's 18 characters, of which the last
-- three only repeat the case of the first fifteen.
CREATE FUNCTION IF NOT EXISTS audit_plain_id AS (id) -> replaceRegexpOne(normalizeUTF8NFC(trimBoth(id)), '^#', '');
CREATE FUNCTION IF NOT EXISTS audit_entity_id AS (system, id) ->
    multiIf(
        startsWith(lower(system), 'sap') AND match(audit_plain_id(id), '^0+[0-9]+$'), replaceRegexpOne(audit_plain_id(id), '^0+', ''),
        startsWith(lower(system), 'salesforce') AND match(audit_plain_id(id), '^[A-Za-z0-9]{18}$'), substring(audit_plain_id(id), 1, 15),
        audit_plain_id(id)
    );

CREATE FUNCTION IF NOT EXISTS audit_case_key AS (system, id) -> concat(audit_key_part(system), ':', audit_entity_id(system, id));
CREATE FUNCTION IF NOT EXISTS audit_object_key AS (system, type, id) ->
    concat(audit_key_part(system), ':', audit_key_part(type), ':', audit_entity_id(system, id));

-- An event is known by the connector that says it and its id; connector ids hold no ':'. Agrees with eventKey of audit-model.
CREATE FUNCTION IF NOT EXISTS audit_event_key AS (connector, event) -> concat(toString(connector), ':', toString(event));

-- People are pseudonyms in the log. Empty for everything else: a user timeline never holds a raw id.
CREATE FUNCTION IF NOT EXISTS audit_user_key AS (id) -> if(startsWith(id, 'p_') AND length(id) = 54, id, '');

-- Access events stay out of the timelines of cases, users and objects: looking is not doing.
CREATE FUNCTION IF NOT EXISTS audit_is_access AS (topic) -> startsWith(topic, 'audit.access.');

-- One number per partition of the log, so that a watermark is looked up quickly.
CREATE FUNCTION IF NOT EXISTS audit_log_number AS (topic, partition) -> cityHash64(topic, partition);
