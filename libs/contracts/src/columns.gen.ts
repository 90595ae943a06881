// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

export const leadingColumns: readonly Column[] = [
 {
  "name": "kafka_topic",
  "type": "LowCardinality(String)",
  "comment": "topic of the record"
 },
 {
  "name": "kafka_partition",
  "type": "Int32",
  "comment": "its partition"
 },
 {
  "name": "kafka_offset",
  "type": "Int64",
  "comment": "its offset"
 },
 {
  "name": "kafka_timestamp",
  "type": "DateTime64(3, 'UTC')",
  "comment": "when the broker appended it"
 },
 {
  "name": "schema_id",
  "type": "Int32",
  "comment": "schema in the registry"
 },
 {
  "name": "record_hash",
  "type": "FixedString(32)",
  "comment": "SHA-256 of the whole Kafka value"
 }
];

export const eventColumns: readonly Column[] = [
 {
  "name": "event_id",
  "type": "String",
  "comment": "UUIDv7, or deterministic from the origin; the idempotency key"
 },
 {
  "name": "event_type",
  "type": "LowCardinality(String)",
  "comment": "domain.noun.verb_past, from the catalogue"
 },
 {
  "name": "tenant_id",
  "type": "LowCardinality(String)",
  "comment": "tenant, from the credential"
 },
 {
  "name": "environment",
  "type": "LowCardinality(String)",
  "comment": "environment"
 },
 {
  "name": "region",
  "type": "LowCardinality(String)",
  "comment": "region in which it happened"
 },
 {
  "name": "occurred_at",
  "type": "DateTime64(6, 'UTC')",
  "comment": "when it happened, as the producer says"
 },
 {
  "name": "observed_at",
  "type": "DateTime64(6, 'UTC')",
  "comment": "when the collector received it"
 },
 {
  "name": "time_basis",
  "type": "LowCardinality(String)",
  "comment": "whose clock occurred_at is"
 },
 {
  "name": "time_precision_us",
  "type": "Int64",
  "comment": "1 for microseconds, 1000000 for seconds"
 },
 {
  "name": "evidence_grade",
  "type": "LowCardinality(String)",
  "comment": "who vouches for it, at most what the credential allows"
 },
 {
  "name": "stream_id",
  "type": "String",
  "comment": "numbered stream that it belongs to"
 },
 {
  "name": "seq",
  "type": "Int64",
  "comment": "gapless number in the stream, from 1"
 },
 {
  "name": "seq_origin",
  "type": "LowCardinality(String)",
  "comment": "whose numbering it is"
 },
 {
  "name": "source.system",
  "type": "LowCardinality(String)",
  "comment": "system that the fact comes from"
 },
 {
  "name": "source.instance",
  "type": "LowCardinality(String)",
  "comment": "installation or organisation of that system"
 },
 {
  "name": "source.connector_id",
  "type": "LowCardinality(String)",
  "comment": "connector, from its credential"
 },
 {
  "name": "source.origin_format",
  "type": "LowCardinality(String)",
  "comment": "door by which it came"
 },
 {
  "name": "source.origin_event_id",
  "type": "String",
  "comment": "id in the source"
 },
 {
  "name": "source.mapping_id",
  "type": "LowCardinality(String)",
  "comment": "mapping file that composed the event"
 },
 {
  "name": "source.mapping_version",
  "type": "LowCardinality(String)",
  "comment": "its version"
 },
 {
  "name": "source.mapping_hash",
  "type": "String",
  "comment": "SHA-256 of the mapping file and its tables"
 },
 {
  "name": "actor.type",
  "type": "LowCardinality(String)",
  "comment": "kind of actor"
 },
 {
  "name": "actor.id",
  "type": "String",
  "comment": "human ids are pseudonyms in the log"
 },
 {
  "name": "actor.issuer",
  "type": "String",
  "comment": "who issued the id; the source system when left out"
 },
 {
  "name": "actor.assurance",
  "type": "LowCardinality(String)",
  "comment": "how sure the identity is"
 },
 {
  "name": "actor.relation",
  "type": "LowCardinality(String)",
  "comment": "to the organisation"
 },
 {
  "name": "on_behalf_of",
  "type": "Array(Tuple(type LowCardinality(String), id String, issuer String, relation LowCardinality(String), grant_id String))",
  "comment": "delegation chain, outermost human first"
 },
 {
  "name": "agent.id",
  "type": "String",
  "comment": "agent"
 },
 {
  "name": "agent.instance_id",
  "type": "String",
  "comment": "running instance"
 },
 {
  "name": "agent.name",
  "type": "LowCardinality(String)",
  "comment": "name of the agent, not of a person"
 },
 {
  "name": "agent.version",
  "type": "LowCardinality(String)",
  "comment": "version"
 },
 {
  "name": "agent.config_id",
  "type": "String",
  "comment": "configuration in force"
 },
 {
  "name": "agent.framework",
  "type": "LowCardinality(String)",
  "comment": "agent framework"
 },
 {
  "name": "ai_system_id",
  "type": "String",
  "comment": "registered AI system"
 },
 {
  "name": "org_unit",
  "type": "LowCardinality(String)",
  "comment": "organisational unit"
 },
 {
  "name": "workspace_id",
  "type": "String",
  "comment": "workspace"
 },
 {
  "name": "use_case",
  "type": "LowCardinality(String)",
  "comment": "registered use case"
 },
 {
  "name": "purpose",
  "type": "LowCardinality(String)",
  "comment": "purpose"
 },
 {
  "name": "legal_basis",
  "type": "LowCardinality(String)",
  "comment": "legal basis"
 },
 {
  "name": "channel",
  "type": "LowCardinality(String)",
  "comment": "how the person reached the AI"
 },
 {
  "name": "client_app",
  "type": "LowCardinality(String)",
  "comment": "client application"
 },
 {
  "name": "session_id",
  "type": "String",
  "comment": "conversation"
 },
 {
  "name": "turn_id",
  "type": "String",
  "comment": "one exchange in it"
 },
 {
  "name": "task_id",
  "type": "String",
  "comment": "what is being attempted; groups comparable runs"
 },
 {
  "name": "run_id",
  "type": "String",
  "comment": "one agent task"
 },
 {
  "name": "parent_run_id",
  "type": "String",
  "comment": "run that started this one"
 },
 {
  "name": "root_run_id",
  "type": "String",
  "comment": "outermost run"
 },
 {
  "name": "step_id",
  "type": "String",
  "comment": "step in the run"
 },
 {
  "name": "parent_step_id",
  "type": "String",
  "comment": "step above it"
 },
 {
  "name": "attempt",
  "type": "Nullable(Int64)",
  "comment": "attempt, from 1"
 },
 {
  "name": "trace_id",
  "type": "String",
  "comment": "W3C trace"
 },
 {
  "name": "span_id",
  "type": "String",
  "comment": "W3C span"
 },
 {
  "name": "causation_id",
  "type": "String",
  "comment": "event that caused this one"
 },
 {
  "name": "correlation_id",
  "type": "String",
  "comment": "correlation in the source"
 },
 {
  "name": "call_id",
  "type": "String",
  "comment": "one model or tool call"
 },
 {
  "name": "effect_id",
  "type": "String",
  "comment": "what a call caused"
 },
 {
  "name": "decision_id",
  "type": "String",
  "comment": "decision that allowed it"
 },
 {
  "name": "approval_id",
  "type": "String",
  "comment": "approval behind it"
 },
 {
  "name": "action_mac",
  "type": "String",
  "comment": "keyed hash of principal, tool, target and arguments"
 },
 {
  "name": "case_refs",
  "type": "Array(Tuple(system LowCardinality(String), type LowCardinality(String), id String, role LowCardinality(String)))",
  "comment": "matters, tickets, incidents"
 },
 {
  "name": "object_refs",
  "type": "Array(Tuple(system LowCardinality(String), instance LowCardinality(String), type LowCardinality(String), id String, role LowCardinality(String), version_before LowCardinality(String), version_after LowCardinality(String)))",
  "comment": "business objects"
 },
 {
  "name": "subject_refs",
  "type": "Array(Tuple(id String, issuer String, role LowCardinality(String)))",
  "comment": "people whom the data is about"
 },
 {
  "name": "policy_context.policy_set",
  "type": "LowCardinality(String)",
  "comment": "policy set in force"
 },
 {
  "name": "policy_context.version",
  "type": "LowCardinality(String)",
  "comment": "its version"
 },
 {
  "name": "policy_context.hash",
  "type": "LowCardinality(String)",
  "comment": "its hash"
 },
 {
  "name": "phase",
  "type": "LowCardinality(String)",
  "comment": "intent, decision, effect or observation; given by the type"
 },
 {
  "name": "outcome.status",
  "type": "LowCardinality(String)",
  "comment": "how it ended"
 },
 {
  "name": "outcome.code",
  "type": "LowCardinality(String)",
  "comment": "machine-readable code"
 },
 {
  "name": "outcome.reason",
  "type": "LowCardinality(String)",
  "comment": "a code, never prose: prose is content of role reason"
 },
 {
  "name": "labels",
  "type": "Array(LowCardinality(String))",
  "comment": "labels"
 },
 {
  "name": "categories",
  "type": "Array(LowCardinality(String))",
  "comment": "categories of data"
 },
 {
  "name": "content",
  "type": "Array(Tuple(role LowCardinality(String), capture LowCardinality(String), content_id String, size_bytes Nullable(Int64), media_type LowCardinality(String), transform LowCardinality(String), truncated Bool))",
  "comment": "references to bodies"
 },
 {
  "name": "retention_class",
  "type": "LowCardinality(String)",
  "comment": "resolved at intake"
 },
 {
  "name": "details",
  "type": "Map(LowCardinality(String), String)",
  "comment": "documented codes per type"
 },
 {
  "name": "fact_hash",
  "type": "FixedString(32)",
  "comment": "SHA-256 of the fact, see README.md"
 },
 {
  "name": "model.provider",
  "type": "LowCardinality(String)",
  "comment": "provider, as gen_ai.provider.name"
 },
 {
  "name": "model.request_model",
  "type": "LowCardinality(String)",
  "comment": "model asked for"
 },
 {
  "name": "model.response_model",
  "type": "LowCardinality(String)",
  "comment": "model that answered"
 },
 {
  "name": "model.hosted",
  "type": "LowCardinality(String)",
  "comment": "at the vendor or by ourselves"
 },
 {
  "name": "model.region",
  "type": "LowCardinality(String)",
  "comment": "region of processing"
 },
 {
  "name": "usage.input_tokens",
  "type": "Nullable(Int64)",
  "comment": "tokens in"
 },
 {
  "name": "usage.output_tokens",
  "type": "Nullable(Int64)",
  "comment": "tokens out"
 },
 {
  "name": "usage.cached_tokens",
  "type": "Nullable(Int64)",
  "comment": "input tokens served from a cache"
 },
 {
  "name": "usage.reasoning_tokens",
  "type": "Nullable(Int64)",
  "comment": "output tokens spent on reasoning"
 },
 {
  "name": "usage.cost",
  "type": "Nullable(Decimal(24, 12))",
  "comment": "cost in `currency`, to twelve places"
 },
 {
  "name": "usage.currency",
  "type": "LowCardinality(String)",
  "comment": "ISO 4217"
 },
 {
  "name": "usage.duration_ms",
  "type": "Nullable(Int64)",
  "comment": "duration"
 },
 {
  "name": "usage.first_chunk_ms",
  "type": "Nullable(Int64)",
  "comment": "time to the first chunk"
 },
 {
  "name": "usage.finish_reason",
  "type": "LowCardinality(String)",
  "comment": "why generation ended"
 },
 {
  "name": "tool.name",
  "type": "LowCardinality(String)",
  "comment": "tool"
 },
 {
  "name": "tool.tier",
  "type": "LowCardinality(String)",
  "comment": "what it can do"
 },
 {
  "name": "tool.protocol",
  "type": "LowCardinality(String)",
  "comment": "how it is called"
 },
 {
  "name": "tool.server",
  "type": "LowCardinality(String)",
  "comment": "server that offers it"
 },
 {
  "name": "tool.version",
  "type": "LowCardinality(String)",
  "comment": "its version"
 },
 {
  "name": "tool.args_mac",
  "type": "String",
  "comment": "keyed hash of the canonical arguments"
 },
 {
  "name": "tool.result_mac",
  "type": "String",
  "comment": "keyed hash of the canonical result"
 },
 {
  "name": "tool.executed_as",
  "type": "String",
  "comment": "technical user in the target system"
 },
 {
  "name": "tool.idempotency_key",
  "type": "String",
  "comment": "key sent to the target system"
 },
 {
  "name": "retrieval.source_id",
  "type": "String",
  "comment": "index or source"
 },
 {
  "name": "retrieval.index_version",
  "type": "LowCardinality(String)",
  "comment": "its version"
 },
 {
  "name": "retrieval.results",
  "type": "Array(Tuple(doc_id String, version LowCardinality(String), score Nullable(Float64)))",
  "comment": "what came back, in order"
 },
 {
  "name": "comparison.comparison_id",
  "type": "String",
  "comment": "comparison"
 },
 {
  "name": "comparison.chosen_call_id",
  "type": "String",
  "comment": "the call whose answer was chosen"
 },
 {
  "name": "comparison.candidates",
  "type": "Array(Tuple(call_id String, provider LowCardinality(String), model LowCardinality(String), position Nullable(Int64), status LowCardinality(String)))",
  "comment": "what was compared"
 },
 {
  "name": "artifact.artifact_id",
  "type": "String",
  "comment": "artifact"
 },
 {
  "name": "artifact.version",
  "type": "LowCardinality(String)",
  "comment": "version"
 },
 {
  "name": "artifact.media_type",
  "type": "LowCardinality(String)",
  "comment": "media type"
 },
 {
  "name": "artifact.size_bytes",
  "type": "Nullable(Int64)",
  "comment": "size"
 },
 {
  "name": "artifact.mac",
  "type": "String",
  "comment": "keyed hash of its bytes"
 },
 {
  "name": "artifact.parent_artifact_id",
  "type": "String",
  "comment": "what it was made from"
 },
 {
  "name": "artifact.produced_by_call_id",
  "type": "String",
  "comment": "the call that produced it"
 },
 {
  "name": "artifact.destination",
  "type": "LowCardinality(String)",
  "comment": "where it went: a system or domain"
 },
 {
  "name": "access.kind",
  "type": "LowCardinality(String)",
  "comment": "search, reveal, export, report"
 },
 {
  "name": "access.row_count",
  "type": "Nullable(Int64)",
  "comment": "rows read"
 },
 {
  "name": "access.paths",
  "type": "Array(LowCardinality(String))",
  "comment": "fields read"
 },
 {
  "name": "policy.policy_id",
  "type": "String",
  "comment": "policy"
 },
 {
  "name": "policy.policy_version",
  "type": "LowCardinality(String)",
  "comment": "its version"
 },
 {
  "name": "policy.rule_id",
  "type": "String",
  "comment": "rule that decided"
 },
 {
  "name": "policy.decision",
  "type": "LowCardinality(String)",
  "comment": "what was decided"
 },
 {
  "name": "policy.enforcement",
  "type": "LowCardinality(String)",
  "comment": "whether it was enforced"
 },
 {
  "name": "policy.latency_ms",
  "type": "Nullable(Int64)",
  "comment": "time to decide"
 },
 {
  "name": "policy.reason_codes",
  "type": "Array(LowCardinality(String))",
  "comment": "why"
 },
 {
  "name": "inspection.detector_id",
  "type": "String",
  "comment": "detector"
 },
 {
  "name": "inspection.detector_version",
  "type": "LowCardinality(String)",
  "comment": "its version"
 },
 {
  "name": "inspection.direction",
  "type": "LowCardinality(String)",
  "comment": "what was inspected"
 },
 {
  "name": "inspection.verdict",
  "type": "LowCardinality(String)",
  "comment": "result"
 },
 {
  "name": "inspection.findings",
  "type": "Array(Tuple(category LowCardinality(String), count Nullable(Int64), score Nullable(Float64), path LowCardinality(String)))",
  "comment": "what was found, never the text itself"
 },
 {
  "name": "transformation.method",
  "type": "LowCardinality(String)",
  "comment": "what was done"
 },
 {
  "name": "transformation.input_mac",
  "type": "String",
  "comment": "keyed hash before"
 },
 {
  "name": "transformation.output_mac",
  "type": "String",
  "comment": "keyed hash after"
 },
 {
  "name": "transformation.spans",
  "type": "Array(Tuple(path LowCardinality(String), category LowCardinality(String), count Nullable(Int64)))",
  "comment": "where"
 },
 {
  "name": "approval.approver",
  "type": "String",
  "comment": "person who decides, a pseudonym in the log"
 },
 {
  "name": "approval.approver_issuer",
  "type": "String",
  "comment": "who issued that id; the source system when left out"
 },
 {
  "name": "approval.decision",
  "type": "LowCardinality(String)",
  "comment": "decision"
 },
 {
  "name": "approval.threshold",
  "type": "Nullable(Float64)",
  "comment": "threshold that demanded the approval"
 },
 {
  "name": "approval.value",
  "type": "Nullable(Float64)",
  "comment": "value held against it"
 },
 {
  "name": "approval.unit",
  "type": "LowCardinality(String)",
  "comment": "unit of both"
 },
 {
  "name": "approval.wait_ms",
  "type": "Nullable(Int64)",
  "comment": "from request to decision"
 },
 {
  "name": "approval.expires_at",
  "type": "Nullable(DateTime64(6, 'UTC'))",
  "comment": "when the request lapses"
 },
 {
  "name": "effect.kind",
  "type": "LowCardinality(String)",
  "comment": "what was done"
 },
 {
  "name": "effect.target_system",
  "type": "LowCardinality(String)",
  "comment": "where"
 },
 {
  "name": "effect.executed_as",
  "type": "String",
  "comment": "technical user there"
 },
 {
  "name": "effect.document_no",
  "type": "String",
  "comment": "document that it produced"
 },
 {
  "name": "effect.transaction_key",
  "type": "String",
  "comment": "transaction in the target system"
 },
 {
  "name": "effect.amount",
  "type": "Nullable(Decimal(18, 6))",
  "comment": "amount in `currency`"
 },
 {
  "name": "effect.currency",
  "type": "LowCardinality(String)",
  "comment": "ISO 4217"
 },
 {
  "name": "effect.reverts_effect_id",
  "type": "String",
  "comment": "the effect that this one undoes"
 },
 {
  "name": "effect.fields",
  "type": "Array(Tuple(path LowCardinality(String), before_mac String, after_mac String))",
  "comment": "changed fields"
 },
 {
  "name": "message.message_id",
  "type": "String",
  "comment": "message"
 },
 {
  "name": "message.channel",
  "type": "LowCardinality(String)",
  "comment": "email, chat, sms"
 },
 {
  "name": "message.recipients",
  "type": "Array(Tuple(id String, issuer String, domain LowCardinality(String), kind LowCardinality(String), external Bool))",
  "comment": "to whom"
 },
 {
  "name": "run.trigger",
  "type": "LowCardinality(String)",
  "comment": "what started it"
 },
 {
  "name": "run.automation_level",
  "type": "LowCardinality(String)",
  "comment": "how much a human is in it"
 },
 {
  "name": "run.end_reason",
  "type": "LowCardinality(String)",
  "comment": "why it ended"
 },
 {
  "name": "run.error_type",
  "type": "LowCardinality(String)",
  "comment": "class of the error"
 },
 {
  "name": "run.expected_model_calls",
  "type": "Nullable(Int64)",
  "comment": "as the source counts them"
 },
 {
  "name": "run.expected_tool_calls",
  "type": "Nullable(Int64)",
  "comment": "as the source counts them"
 },
 {
  "name": "run.expected_effects",
  "type": "Nullable(Int64)",
  "comment": "as the source counts them"
 },
 {
  "name": "change.kind",
  "type": "LowCardinality(String)",
  "comment": "what happened to the item"
 },
 {
  "name": "change.item_id",
  "type": "String",
  "comment": "configuration item"
 },
 {
  "name": "change.item_version",
  "type": "LowCardinality(String)",
  "comment": "its version"
 },
 {
  "name": "change.from_hash",
  "type": "LowCardinality(String)",
  "comment": "hash before"
 },
 {
  "name": "change.to_hash",
  "type": "LowCardinality(String)",
  "comment": "hash after"
 },
 {
  "name": "change.effective_at",
  "type": "Nullable(DateTime64(6, 'UTC'))",
  "comment": "from when on"
 },
 {
  "name": "link.link_id",
  "type": "String",
  "comment": "link; retraction names the same"
 },
 {
  "name": "link.kind",
  "type": "LowCardinality(String)",
  "comment": "which two kinds it joins"
 },
 {
  "name": "link.from_kind",
  "type": "LowCardinality(String)",
  "comment": "kind of the first end"
 },
 {
  "name": "link.from_id",
  "type": "String",
  "comment": "first end; a person's id is a pseudonym in the log"
 },
 {
  "name": "link.from_issuer",
  "type": "String",
  "comment": "of a person's or account's id; the source system when left out"
 },
 {
  "name": "link.to_kind",
  "type": "LowCardinality(String)",
  "comment": "kind of the second end"
 },
 {
  "name": "link.to_id",
  "type": "String",
  "comment": "second end; a person's id is a pseudonym in the log"
 },
 {
  "name": "link.to_issuer",
  "type": "String",
  "comment": "of a person's or account's id; the source system when left out"
 },
 {
  "name": "link.basis",
  "type": "LowCardinality(String)",
  "comment": "on what it rests"
 },
 {
  "name": "link.rule_id",
  "type": "String",
  "comment": "rule that found it"
 },
 {
  "name": "link.confidence",
  "type": "Nullable(Float64)",
  "comment": "0 to 1"
 },
 {
  "name": "gap.stream_id",
  "type": "String",
  "comment": "stream with the gap"
 },
 {
  "name": "gap.from_seq",
  "type": "Nullable(Int64)",
  "comment": "first missing number"
 },
 {
  "name": "gap.to_seq",
  "type": "Nullable(Int64)",
  "comment": "last missing number"
 },
 {
  "name": "gap.kind",
  "type": "LowCardinality(String)",
  "comment": "how it shows"
 },
 {
  "name": "query.kind",
  "type": "LowCardinality(String)",
  "comment": "timeline, search, resolve, event"
 },
 {
  "name": "query.as_of",
  "type": "String",
  "comment": "token of what was visible"
 },
 {
  "name": "query.rows",
  "type": "Nullable(Int64)",
  "comment": "rows answered"
 },
 {
  "name": "query.answer_hash",
  "type": "LowCardinality(String)",
  "comment": "SHA-256 of the answer"
 },
 {
  "name": "query.reason",
  "type": "LowCardinality(String)",
  "comment": "a code, never prose"
 }
];
