// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

export type EventType = 'artifact.file.uploaded' | 'artifact.file.transformed' | 'artifact.file.analyzed' | 'artifact.file.downloaded' | 'artifact.produced' | 'content.exported' | 'content.shared' | 'content.copied' | 'audit.query.executed' | 'audit.content.revealed' | 'audit.export.created' | 'audit.report.generated' | 'case.opened' | 'case.closed' | 'case.noted' | 'case.tagged' | 'case.concluded' | 'config.changed' | 'schema.registered' | 'system.registered' | 'system.retired' | 'source.reconciled' | 'object.read' | 'object.changed' | 'object.change.confirmed' | 'object.change.reverted' | 'message.sent' | 'process.triggered' | 'process.completed' | 'process.failed' | 'identity.session.started' | 'identity.session.ended' | 'identity.delegation.granted' | 'identity.delegation.revoked' | 'identity.account.linked' | 'identity.account.unlinked' | 'collector.started' | 'collector.heartbeat' | 'collector.stopped' | 'stream.opened' | 'stream.closed' | 'collector.gap.detected' | 'collector.gap.closed' | 'event.rejected' | 'interaction.prompt.submitted' | 'interaction.response.delivered' | 'interaction.comparison.started' | 'interaction.response.selected' | 'interaction.feedback.given' | 'retrieval.performed' | 'memory.read' | 'memory.written' | 'memory.deleted' | 'link.asserted' | 'link.retracted' | 'model.call.requested' | 'model.call.completed' | 'model.call.failed' | 'approval.requested' | 'approval.decided' | 'approval.expired' | 'oversight.override.applied' | 'agent.suspended' | 'agent.resumed' | 'review.completed' | 'policy.evaluated' | 'content.inspected' | 'content.transformed' | 'content.blocked' | 'policy.exception.raised' | 'policy.exception.closed' | 'escalation.raised' | 'run.started' | 'run.completed' | 'run.failed' | 'run.stopped' | 'step.planned' | 'decision.recorded' | 'agent.delegated' | 'tool.call.requested' | 'tool.call.completed' | 'tool.call.failed';

export type Environment = 'unknown' | 'production' | 'staging' | 'test' | 'evaluation';

export type TimeBasis = 'unknown' | 'source' | 'collector' | 'assigned';

export type EvidenceGrade = 'unknown' | 'self_reported' | 'third_party' | 'gateway_observed' | 'system_of_record';

export type SeqOrigin = 'unknown' | 'producer' | 'collector';

export type OriginFormat = 'unknown' | 'native' | 'cloudevents' | 'otlp' | 'gateway' | 'feed' | 'inbox' | 'import';

export type ActorType = 'unknown' | 'human' | 'agent' | 'service' | 'system';

export type Assurance = 'unknown' | 'verified' | 'asserted';

export type Relation = 'unknown' | 'workforce' | 'customer' | 'partner' | 'public';

export type Channel = 'unknown' | 'web' | 'mobile' | 'api' | 'ide' | 'batch';

export type ObjectRole = 'unknown' | 'subject' | 'read' | 'created' | 'updated' | 'deleted' | 'sent' | 'mentioned';

export type Phase = 'unknown' | 'intent' | 'decision' | 'effect' | 'observation';

export type OutcomeStatus = 'unknown' | 'success' | 'failure' | 'denied' | 'timeout' | 'escalated' | 'cancelled' | 'partial';

export type ContentRole = 'unknown' | 'system' | 'input' | 'output' | 'tool_args' | 'tool_result' | 'document' | 'before' | 'after' | 'attachment' | 'reasoning' | 'config' | 'query' | 'shown' | 'reason' | 'original';

export type Capture = 'unknown' | 'full' | 'masked' | 'metadata' | 'none';

export type Hosted = 'unknown' | 'vendor' | 'self';

export type ToolTier = 'unknown' | 'read' | 'write' | 'destructive';

export type ToolProtocol = 'unknown' | 'function' | 'mcp' | 'http' | 'sql' | 'internal';

export type CandidateStatus = 'unknown' | 'shown' | 'failed' | 'hidden';

export type PolicyDecision = 'unknown' | 'allow' | 'mask' | 'deny' | 'require_approval';

export type Enforcement = 'unknown' | 'enforced' | 'advisory' | 'failed_open' | 'failed_closed';

export type Direction = 'unknown' | 'prompt' | 'response' | 'tool_args' | 'tool_result' | 'retrieval' | 'file';

export type Verdict = 'unknown' | 'detected' | 'transformed' | 'blocked' | 'allowed';

export type TransformationMethod = 'unknown' | 'mask' | 'tokenise' | 'remove' | 'generalise';

export type ApprovalDecision = 'unknown' | 'approved' | 'rejected' | 'expired' | 'withdrawn';

export type EffectKind = 'unknown' | 'create' | 'update' | 'delete' | 'send' | 'trigger' | 'revert';

export type RecipientKind = 'unknown' | 'to' | 'cc' | 'bcc' | 'channel' | 'public';

export type AutomationLevel = 'unknown' | 'manual' | 'assisted' | 'supervised' | 'autonomous';

export type ChangeKind = 'unknown' | 'created' | 'updated' | 'deleted' | 'activated' | 'deactivated';

export type LinkKind = 'unknown' | 'case_run' | 'run_object' | 'trace_run' | 'run_session' | 'run_user' | 'account_person' | 'object_alias' | 'effect_confirmation' | 'case_case';

export type LinkBasis = 'unknown' | 'rule' | 'person' | 'source';

export type GapKind = 'unknown' | 'sequence' | 'heartbeat' | 'source_declared' | 'not_acknowledged' | 'sampled';

export interface Principal {
  /** kind of principal */
  readonly type: ActorType;
  /** human ids are pseudonyms in the log */
  readonly id: string;
  /** who issued the id; the source system when left out */
  readonly issuer: string;
  /** to the organisation */
  readonly relation: Relation;
  /** the delegation under which it acts */
  readonly grant_id: string;
}

export interface CaseRef {
  /** system that keeps the case */
  readonly system: string;
  /** matter, ticket, incident, order dispute */
  readonly type: string;
  /** the case's id there, as written */
  readonly id: string;
  /** the case's part in this event */
  readonly role: string;
}

export interface ObjectRef {
  /** system of the business object */
  readonly system: string;
  /** installation or organisation of that system */
  readonly instance: string;
  /** invoice, order, contract */
  readonly type: string;
  /** as written; a pseudonym when the object is a person */
  readonly id: string;
  /** what happened to it */
  readonly role: ObjectRole;
  /** version or ETag before */
  readonly version_before: string;
  /** version or ETag after */
  readonly version_after: string;
}

export interface SubjectRef {
  /** person whom the data is about, a pseudonym in the log */
  readonly id: string;
  /** who issued the id; the source system when left out */
  readonly issuer: string;
  /** data_subject, authenticated, mentioned */
  readonly role: string;
}

export interface ContentRef {
  /** what the body is */
  readonly role: ContentRole;
  /** level applied */
  readonly capture: Capture;
  /** key of the body in audit.content.v1; empty when not captured */
  readonly content_id: string;
  /** size of the body as received */
  readonly size_bytes: number | null;
  /** RFC 6838 media type */
  readonly media_type: string;
  /** what was done to it before it was stored */
  readonly transform: string;
  /** the source itself had cut it */
  readonly truncated: boolean;
}

export interface RetrievalResult {
  /** document or chunk */
  readonly doc_id: string;
  /** its version */
  readonly version: string;
  /** as the retriever scored it */
  readonly score: number | null;
}

export interface Candidate {
  /** the model call that produced it */
  readonly call_id: string;
  /** provider */
  readonly provider: string;
  /** model */
  readonly model: string;
  /** order in which it was shown, from 1 */
  readonly position: number | null;
  /** shown, failed, hidden */
  readonly status: CandidateStatus;
}

export interface Finding {
  /** category found */
  readonly category: string;
  /** how many */
  readonly count: number | null;
  /** confidence, 0 to 1 */
  readonly score: number | null;
  /** where, as a JSON path */
  readonly path: string;
}

export interface Span {
  /** where, as a JSON path */
  readonly path: string;
  /** category of what was there */
  readonly category: string;
  /** how many spans */
  readonly count: number | null;
}

export interface FieldChange {
  /** changed field */
  readonly path: string;
  /** keyed hash of the value before */
  readonly before_mac: string;
  /** keyed hash of the value after */
  readonly after_mac: string;
}

export interface Recipient {
  /** recipient, a pseudonym in the log */
  readonly id: string;
  /** who issued the id; the source system when left out */
  readonly issuer: string;
  /** domain of the address */
  readonly domain: string;
  /** to, cc, bcc, channel, public */
  readonly kind: RecipientKind;
  /** outside the organisation */
  readonly external: boolean;
}

export interface Source {
  /** system that the fact comes from */
  readonly system: string;
  /** installation or organisation of that system */
  readonly instance: string;
  /** connector, from its credential */
  readonly connector_id: string;
  /** door by which it came */
  readonly origin_format: OriginFormat;
  /** id in the source */
  readonly origin_event_id: string;
  /** mapping file that composed the event */
  readonly mapping_id: string;
  /** its version */
  readonly mapping_version: string;
  /** SHA-256 of the mapping file and its tables */
  readonly mapping_hash: string;
}

export interface Actor {
  /** kind of actor */
  readonly type: ActorType;
  /** human ids are pseudonyms in the log */
  readonly id: string;
  /** who issued the id; the source system when left out */
  readonly issuer: string;
  /** how sure the identity is */
  readonly assurance: Assurance;
  /** to the organisation */
  readonly relation: Relation;
}

export interface Agent {
  /** agent */
  readonly id: string;
  /** running instance */
  readonly instance_id: string;
  /** name of the agent, not of a person */
  readonly name: string;
  /** version */
  readonly version: string;
  /** configuration in force */
  readonly config_id: string;
  /** agent framework */
  readonly framework: string;
}

export interface PolicyContext {
  /** policy set in force */
  readonly policy_set: string;
  /** its version */
  readonly version: string;
  /** its hash */
  readonly hash: string;
}

export interface Outcome {
  /** how it ended */
  readonly status: OutcomeStatus;
  /** machine-readable code */
  readonly code: string;
  /** a code, never prose: prose is content of role reason */
  readonly reason: string;
}

export interface Model {
  /** provider, as gen_ai.provider.name */
  readonly provider: string;
  /** model asked for */
  readonly request_model: string;
  /** model that answered */
  readonly response_model: string;
  /** at the vendor or by ourselves */
  readonly hosted: Hosted;
  /** region of processing */
  readonly region: string;
}

export interface Usage {
  /** tokens in */
  readonly input_tokens: number | null;
  /** tokens out */
  readonly output_tokens: number | null;
  /** input tokens served from a cache */
  readonly cached_tokens: number | null;
  /** output tokens spent on reasoning */
  readonly reasoning_tokens: number | null;
  /** cost in `currency`, to twelve places */
  readonly cost: string | null;
  /** ISO 4217 */
  readonly currency: string;
  /** duration */
  readonly duration_ms: number | null;
  /** time to the first chunk */
  readonly first_chunk_ms: number | null;
  /** why generation ended */
  readonly finish_reason: string;
}

export interface Tool {
  /** tool */
  readonly name: string;
  /** what it can do */
  readonly tier: ToolTier;
  /** how it is called */
  readonly protocol: ToolProtocol;
  /** server that offers it */
  readonly server: string;
  /** its version */
  readonly version: string;
  /** keyed hash of the canonical arguments */
  readonly args_mac: string;
  /** keyed hash of the canonical result */
  readonly result_mac: string;
  /** technical user in the target system */
  readonly executed_as: string;
  /** key sent to the target system */
  readonly idempotency_key: string;
}

export interface Retrieval {
  /** index or source */
  readonly source_id: string;
  /** its version */
  readonly index_version: string;
  /** what came back, in order */
  readonly results: readonly RetrievalResult[];
}

export interface Comparison {
  /** comparison */
  readonly comparison_id: string;
  /** the call whose answer was chosen */
  readonly chosen_call_id: string;
  /** what was compared */
  readonly candidates: readonly Candidate[];
}

export interface Artifact {
  /** artifact */
  readonly artifact_id: string;
  /** version */
  readonly version: string;
  /** media type */
  readonly media_type: string;
  /** size */
  readonly size_bytes: number | null;
  /** keyed hash of its bytes */
  readonly mac: string;
  /** what it was made from */
  readonly parent_artifact_id: string;
  /** the call that produced it */
  readonly produced_by_call_id: string;
  /** where it went: a system or domain */
  readonly destination: string;
}

export interface Access {
  /** search, reveal, export, report */
  readonly kind: string;
  /** rows read */
  readonly row_count: number | null;
  /** fields read */
  readonly paths: readonly string[];
}

export interface Policy {
  /** policy */
  readonly policy_id: string;
  /** its version */
  readonly policy_version: string;
  /** rule that decided */
  readonly rule_id: string;
  /** what was decided */
  readonly decision: PolicyDecision;
  /** whether it was enforced */
  readonly enforcement: Enforcement;
  /** time to decide */
  readonly latency_ms: number | null;
  /** why */
  readonly reason_codes: readonly string[];
}

export interface Inspection {
  /** detector */
  readonly detector_id: string;
  /** its version */
  readonly detector_version: string;
  /** what was inspected */
  readonly direction: Direction;
  /** result */
  readonly verdict: Verdict;
  /** what was found, never the text itself */
  readonly findings: readonly Finding[];
}

export interface Transformation {
  /** what was done */
  readonly method: TransformationMethod;
  /** keyed hash before */
  readonly input_mac: string;
  /** keyed hash after */
  readonly output_mac: string;
  /** where */
  readonly spans: readonly Span[];
}

export interface Approval {
  /** person who decides, a pseudonym in the log */
  readonly approver: string;
  /** who issued that id; the source system when left out */
  readonly approver_issuer: string;
  /** decision */
  readonly decision: ApprovalDecision;
  /** threshold that demanded the approval */
  readonly threshold: number | null;
  /** value held against it */
  readonly value: number | null;
  /** unit of both */
  readonly unit: string;
  /** from request to decision */
  readonly wait_ms: number | null;
  /** when the request lapses */
  readonly expires_at: number | null;
}

export interface Effect {
  /** what was done */
  readonly kind: EffectKind;
  /** where */
  readonly target_system: string;
  /** technical user there */
  readonly executed_as: string;
  /** document that it produced */
  readonly document_no: string;
  /** transaction in the target system */
  readonly transaction_key: string;
  /** amount in `currency` */
  readonly amount: string | null;
  /** ISO 4217 */
  readonly currency: string;
  /** the effect that this one undoes */
  readonly reverts_effect_id: string;
  /** changed fields */
  readonly fields: readonly FieldChange[];
}

export interface Message {
  /** message */
  readonly message_id: string;
  /** email, chat, sms */
  readonly channel: string;
  /** to whom */
  readonly recipients: readonly Recipient[];
}

export interface Run {
  /** what started it */
  readonly trigger: string;
  /** how much a human is in it */
  readonly automation_level: AutomationLevel;
  /** why it ended */
  readonly end_reason: string;
  /** class of the error */
  readonly error_type: string;
  /** as the source counts them */
  readonly expected_model_calls: number | null;
  /** as the source counts them */
  readonly expected_tool_calls: number | null;
  /** as the source counts them */
  readonly expected_effects: number | null;
}

export interface Change {
  /** what happened to the item */
  readonly kind: ChangeKind;
  /** configuration item */
  readonly item_id: string;
  /** its version */
  readonly item_version: string;
  /** hash before */
  readonly from_hash: string;
  /** hash after */
  readonly to_hash: string;
  /** from when on */
  readonly effective_at: number | null;
}

export interface Link {
  /** link; retraction names the same */
  readonly link_id: string;
  /** which two kinds it joins */
  readonly kind: LinkKind;
  /** kind of the first end */
  readonly from_kind: string;
  /** first end; a person's id is a pseudonym in the log */
  readonly from_id: string;
  /** of a person's or account's id; the source system when left out */
  readonly from_issuer: string;
  /** kind of the second end */
  readonly to_kind: string;
  /** second end; a person's id is a pseudonym in the log */
  readonly to_id: string;
  /** of a person's or account's id; the source system when left out */
  readonly to_issuer: string;
  /** on what it rests */
  readonly basis: LinkBasis;
  /** rule that found it */
  readonly rule_id: string;
  /** 0 to 1 */
  readonly confidence: number | null;
}

export interface Gap {
  /** stream with the gap */
  readonly stream_id: string;
  /** first missing number */
  readonly from_seq: number | null;
  /** last missing number */
  readonly to_seq: number | null;
  /** how it shows */
  readonly kind: GapKind;
}

export interface Query {
  /** timeline, search, resolve, event */
  readonly kind: string;
  /** token of what was visible */
  readonly as_of: string;
  /** rows answered */
  readonly rows: number | null;
  /** SHA-256 of the answer */
  readonly answer_hash: string;
  /** a code, never prose */
  readonly reason: string;
}

export interface AuditEvent {
  /** UUIDv7, or deterministic from the origin; the idempotency key */
  readonly event_id: string;
  /** domain.noun.verb_past, from the catalogue */
  readonly event_type: EventType;
  /** tenant, from the credential */
  readonly tenant_id: string;
  /** environment */
  readonly environment: Environment;
  /** region in which it happened */
  readonly region: string;
  /** when it happened, as the producer says */
  readonly occurred_at: number;
  /** when the collector received it */
  readonly observed_at: number;
  /** whose clock occurred_at is */
  readonly time_basis: TimeBasis;
  /** 1 for microseconds, 1000000 for seconds */
  readonly time_precision_us: number;
  /** who vouches for it, at most what the credential allows */
  readonly evidence_grade: EvidenceGrade;
  /** numbered stream that it belongs to */
  readonly stream_id: string;
  /** gapless number in the stream, from 1 */
  readonly seq: number;
  /** whose numbering it is */
  readonly seq_origin: SeqOrigin;
  /** where the fact comes from */
  readonly source: Source;
  /** who did it */
  readonly actor: Actor;
  /** delegation chain, outermost human first */
  readonly on_behalf_of: readonly Principal[];
  /** agent that took part */
  readonly agent: Agent;
  /** registered AI system */
  readonly ai_system_id: string;
  /** organisational unit */
  readonly org_unit: string;
  /** workspace */
  readonly workspace_id: string;
  /** registered use case */
  readonly use_case: string;
  /** purpose */
  readonly purpose: string;
  /** legal basis */
  readonly legal_basis: string;
  /** how the person reached the AI */
  readonly channel: Channel;
  /** client application */
  readonly client_app: string;
  /** conversation */
  readonly session_id: string;
  /** one exchange in it */
  readonly turn_id: string;
  /** what is being attempted; groups comparable runs */
  readonly task_id: string;
  /** one agent task */
  readonly run_id: string;
  /** run that started this one */
  readonly parent_run_id: string;
  /** outermost run */
  readonly root_run_id: string;
  /** step in the run */
  readonly step_id: string;
  /** step above it */
  readonly parent_step_id: string;
  /** attempt, from 1 */
  readonly attempt: number | null;
  /** W3C trace */
  readonly trace_id: string;
  /** W3C span */
  readonly span_id: string;
  /** event that caused this one */
  readonly causation_id: string;
  /** correlation in the source */
  readonly correlation_id: string;
  /** one model or tool call */
  readonly call_id: string;
  /** what a call caused */
  readonly effect_id: string;
  /** decision that allowed it */
  readonly decision_id: string;
  /** approval behind it */
  readonly approval_id: string;
  /** keyed hash of principal, tool, target and arguments */
  readonly action_mac: string;
  /** matters, tickets, incidents */
  readonly case_refs: readonly CaseRef[];
  /** business objects */
  readonly object_refs: readonly ObjectRef[];
  /** people whom the data is about */
  readonly subject_refs: readonly SubjectRef[];
  /** policy in force at that time */
  readonly policy_context: PolicyContext;
  /** intent, decision, effect or observation; given by the type */
  readonly phase: Phase;
  /** how it ended */
  readonly outcome: Outcome;
  /** labels */
  readonly labels: readonly string[];
  /** categories of data */
  readonly categories: readonly string[];
  /** references to bodies */
  readonly content: readonly ContentRef[];
  /** resolved at intake */
  readonly retention_class: string;
  /** documented codes per type */
  readonly details: Readonly<Record<string, string>>;
  /** SHA-256 of the fact, see README.md */
  readonly fact_hash: string;
  /** section */
  readonly model: Model;
  /** section */
  readonly usage: Usage;
  /** section */
  readonly tool: Tool;
  /** section */
  readonly retrieval: Retrieval;
  /** section */
  readonly comparison: Comparison;
  /** section */
  readonly artifact: Artifact;
  /** section */
  readonly access: Access;
  /** section */
  readonly policy: Policy;
  /** section */
  readonly inspection: Inspection;
  /** section */
  readonly transformation: Transformation;
  /** section */
  readonly approval: Approval;
  /** section */
  readonly effect: Effect;
  /** section */
  readonly message: Message;
  /** section */
  readonly run: Run;
  /** section */
  readonly change: Change;
  /** section */
  readonly link: Link;
  /** section */
  readonly gap: Gap;
  /** section */
  readonly query: Query;
}
