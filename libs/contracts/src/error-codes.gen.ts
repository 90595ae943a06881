// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

export const errorCodes = {
 "unauthenticated": {
  "status": 401,
  "place": "answer",
  "retryable": false,
  "meaning": "No credential, or one that is unknown or revoked."
 },
 "forbidden": {
  "status": 403,
  "place": "answer",
  "retryable": false,
  "meaning": "The credential's role does not allow this."
 },
 "not_found": {
  "status": 404,
  "place": "answer",
  "retryable": false,
  "meaning": "Nothing that this credential may see."
 },
 "method_not_allowed": {
  "status": 405,
  "place": "answer",
  "retryable": false,
  "meaning": "The path exists, the method does not."
 },
 "unsupported_media_type": {
  "status": 415,
  "place": "answer",
  "retryable": false,
  "meaning": "Content type or encoding that this door does not take."
 },
 "body_too_large": {
  "status": 413,
  "place": "answer",
  "retryable": false,
  "meaning": "The request body is over the limit: split it."
 },
 "batch_too_large": {
  "status": 413,
  "place": "answer",
  "retryable": false,
  "meaning": "More events in one request than the limit: split it."
 },
 "unreadable": {
  "status": 400,
  "place": "answer",
  "retryable": false,
  "meaning": "The body is not JSON or NDJSON."
 },
 "invalid_parameter": {
  "status": 400,
  "place": "answer",
  "retryable": false,
  "meaning": "A query parameter has a wrong form."
 },
 "cursor_invalid": {
  "status": 400,
  "place": "answer",
  "retryable": false,
  "meaning": "The cursor is not one of ours or belongs to another query."
 },
 "as_of_invalid": {
  "status": 400,
  "place": "answer",
  "retryable": false,
  "meaning": "The as_of token is not one of ours."
 },
 "as_of_ahead": {
  "status": 409,
  "place": "answer",
  "retryable": true,
  "meaning": "The as_of token is ahead of what is projected: wait."
 },
 "ambiguous": {
  "status": 409,
  "place": "answer",
  "retryable": false,
  "meaning": "The id names several things: the answer lists them."
 },
 "too_many_requests": {
  "status": 429,
  "place": "answer",
  "retryable": true,
  "meaning": "Too much at once: wait as long as Retry-After says."
 },
 "log_unavailable": {
  "status": 503,
  "place": "answer",
  "retryable": true,
  "meaning": "Kafka did not acknowledge: send again."
 },
 "log_full": {
  "status": 429,
  "place": "answer",
  "retryable": true,
  "meaning": "The collector's memory for waiting events is full: send again."
 },
 "shutting_down": {
  "status": 503,
  "place": "answer",
  "retryable": true,
  "meaning": "The process is stopping: send again."
 },
 "store_unavailable": {
  "status": 503,
  "place": "answer",
  "retryable": true,
  "meaning": "ClickHouse does not answer: ask again."
 },
 "audit_unavailable": {
  "status": 503,
  "place": "answer",
  "retryable": true,
  "meaning": "The query could not be recorded, so it is not answered: ask again."
 },
 "unavailable": {
  "status": 503,
  "place": "answer",
  "retryable": true,
  "meaning": "Something that this answer needs is away: the log says what."
 },
 "internal": {
  "status": 500,
  "place": "answer",
  "retryable": false,
  "meaning": "A defect. The log has the details."
 },
 "json_duplicate_key": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "An object names one key twice: which one is meant?"
 },
 "json_number_inexact": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "A number that JSON readers would round: send it as a string."
 },
 "json_forbidden_key": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "A key __proto__, constructor or prototype."
 },
 "json_lone_surrogate": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "A string with half a character, which UTF-8 cannot hold."
 },
 "nesting_too_deep": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "Nested deeper than the limit."
 },
 "string_too_long": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "A string over its field's limit."
 },
 "array_too_long": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "An array over its field's limit."
 },
 "details_too_many": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "More members in details than the limit."
 },
 "event_too_large": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "One event over the limit of a Kafka record."
 },
 "not_an_object": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "An event is a JSON object."
 },
 "unknown_event_type": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The type is not in the catalogue."
 },
 "unknown_field": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The type does not declare this field."
 },
 "missing_field": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "A required field is missing."
 },
 "empty_identifier": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "An id was given and is empty."
 },
 "wrong_type": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The value has another type than the field."
 },
 "invalid_value": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The value is outside what the field allows."
 },
 "invalid_time": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "Not an RFC 3339 time with an offset, nor integer microseconds."
 },
 "time_out_of_range": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "occurred_at lies outside the accepted clock range."
 },
 "number_out_of_range": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The number is outside the field's range."
 },
 "collector_field": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "A field that only the collector writes."
 },
 "content_too_large": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "A body over 512 KiB: it is refused, never cut."
 },
 "content_invalid": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "A content entry needs exactly one of text, json or data_base64."
 },
 "tenant_mismatch": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The credential belongs to another tenant."
 },
 "connector_mismatch": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The credential belongs to another connector."
 },
 "source_not_allowed": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The credential may not speak for this source."
 },
 "event_type_not_allowed": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The credential may not send this type."
 },
 "evidence_grade_too_high": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "The credential may not vouch that strongly."
 },
 "secret_in_identifier": {
  "status": null,
  "place": "item",
  "retryable": false,
  "meaning": "An id, key or code holds what looks like a secret."
 },
 "schema_unknown": {
  "status": null,
  "place": "dead_letter",
  "retryable": false,
  "meaning": "The record's schema id is not in the registry."
 },
 "frame_invalid": {
  "status": null,
  "place": "dead_letter",
  "retryable": false,
  "meaning": "The record has no Confluent wire header."
 },
 "record_undecodable": {
  "status": null,
  "place": "dead_letter",
  "retryable": false,
  "meaning": "The record's bytes are not what its schema says."
 },
 "row_refused": {
  "status": null,
  "place": "dead_letter",
  "retryable": false,
  "meaning": "ClickHouse refused the row."
 },
 "content_undecryptable": {
  "status": null,
  "place": "dead_letter",
  "retryable": false,
  "meaning": "The body's tag does not verify under its key."
 },
 "log_truncated": {
  "status": null,
  "place": "dead_letter",
  "retryable": false,
  "meaning": "The log starts after the next offset to project: records are gone."
 },
 "offset_missing": {
  "status": null,
  "place": "dead_letter",
  "retryable": false,
  "meaning": "An offset inside the log that Kafka does not hand out, asked twice."
 },
 "settings_invalid": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Settings are missing or wrong: the message names each and what it should be."
 },
 "port_taken": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Another program listens on the port: set another, or 0 for a free one."
 },
 "java_missing": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The embedded broker needs Java, and none was found."
 },
 "java_too_old": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The embedded broker needs a newer Java."
 },
 "maven_missing": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Maven fetches the embedded broker once, and none was found."
 },
 "jars_unresolved": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Maven could not fetch the embedded broker."
 },
 "data_dir_locked": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Another process works in this data directory."
 },
 "start_failed": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "An embedded engine did not start: its log says why."
 },
 "start_timed_out": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "An embedded engine was not ready in time: its log says why."
 },
 "not_ready": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A service was not ready in time: its log says why."
 },
 "process_unstable": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A service ended again and again: its log says why."
 },
 "credential_invalid": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "What was asked for is no credential: the message says what is wrong."
 },
 "credentials_unreadable": {
  "status": null,
  "place": "operator",
  "retryable": true,
  "meaning": "The credentials file cannot be read: nobody is let in."
 },
 "credentials_locked": {
  "status": null,
  "place": "operator",
  "retryable": true,
  "meaning": "Another process is changing the credentials file."
 },
 "credentials_full": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The credentials file holds as many as it may."
 },
 "topic_unsafe": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A topic keeps less than receipts promise: change the setting that the message names."
 },
 "topic_unknown": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The log has no such topic: create it, then start again."
 },
 "record_too_large": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A record is too large for the log; a sender is told event_too_large."
 },
 "record_unencodable": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A record does not fit its own schema: a defect."
 },
 "stamp_failed": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A record could not be made: a defect."
 },
 "consumer_crashed": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The Kafka consumer stopped for good: the process ends and is started again."
 },
 "registry_unavailable": {
  "status": null,
  "place": "operator",
  "retryable": true,
  "meaning": "The schema registry does not answer."
 },
 "registry_refused": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The schema registry refuses the credential."
 },
 "schema_incompatible": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The registry refuses a schema: not backward compatible with every earlier version."
 },
 "compatibility_mismatch": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A subject has another compatibility level than BACKWARD_TRANSITIVE."
 },
 "schema_invalid": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A schema that is no valid Avro, or that this version does not know."
 },
 "schema_ahead": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Records have fields that the table lacks: migrate ClickHouse, then start again."
 },
 "schema_unusable": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A schema that cannot be forwarded to ClickHouse as it is."
 },
 "store_refused": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "ClickHouse refuses an insert, and not for a record's sake: the projector stops."
 },
 "too_many_refused": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "ClickHouse refuses so many records of one batch that the table is suspected: the projector stops."
 },
 "no_progress": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Records wait and none was projected for long: the projector ends and is started again."
 },
 "migration_invalid": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The migration files are not numbered without gaps."
 },
 "migration_changed": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A migration that was applied has changed since: restore the file."
 },
 "migration_failed": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "ClickHouse refused a migration: the message says which."
 },
 "key_ring_unavailable": {
  "status": null,
  "place": "operator",
  "retryable": true,
  "meaning": "The key ring cannot be read or written."
 },
 "key_ring_damaged": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A file of the key ring is not what was written: restore it."
 },
 "key_ring_unsafe": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Others on the machine may write the key ring: take the right away."
 },
 "key_ring_read_only": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The key ring was opened for reading, and a key was to be made."
 },
 "master_key_missing": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The key ring has keys, and its master key is not there: restore it."
 },
 "master_key_wrong": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The master key is not the one of this key ring."
 },
 "key_destroyed": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "The scope's key was destroyed: its content was erased."
 },
 "key_unknown": {
  "status": null,
  "place": "operator",
  "retryable": true,
  "meaning": "The key ring has no such key yet: it may be behind."
 },
 "scope_invalid": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A scope, media type or person's id that cannot have a key: a defect."
 },
 "mapping_not_yaml": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A mapping file is no YAML: the message has lines."
 },
 "mapping_invalid": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A mapping file breaks the format: the message has lines."
 },
 "mapping_path_invalid": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A path or template of a mapping file is wrong: the message has lines."
 },
 "mapping_lookup_missing": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A lookup table is not beside its mapping file."
 },
 "record_work_exceeded": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "One record of an import asks for more than the limits."
 },
 "run_id_too_long": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A record's run id is too long: shorten --set or ids.run."
 },
 "start_time_missing": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "Neither a record of an import nor --start says when its run began."
 },
 "not_json": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A value that JSON cannot hold: a defect."
 },
 "fact_incomplete": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A record without a field of its schema: a defect."
 },
 "unreachable": {
  "status": null,
  "place": "operator",
  "retryable": false,
  "meaning": "A variant that the code does not know: a defect."
 }
} as const;

export type ErrorCode = keyof typeof errorCodes;
