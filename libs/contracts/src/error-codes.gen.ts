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
 }
} as const;

export type ErrorCode = keyof typeof errorCodes;
