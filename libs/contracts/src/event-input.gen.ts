// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

import { type Environment, type TimeBasis, type EvidenceGrade, type SeqOrigin, type OriginFormat, type ActorType, type Assurance, type Relation, type Channel, type ObjectRole, type Phase, type OutcomeStatus, type ContentRole, type Capture, type Hosted, type ToolTier, type ToolProtocol, type CandidateStatus, type PolicyDecision, type Enforcement, type Direction, type Verdict, type TransformationMethod, type ApprovalDecision, type EffectKind, type RecipientKind, type AutomationLevel, type ChangeKind, type LinkKind, type LinkBasis, type GapKind } from './audit-event.gen.ts';

type Need<T, K extends keyof T> = T & { readonly [P in K]-?: NonNullable<T[P]> };

export interface PrincipalInput {
  readonly type: ActorType;
  readonly id: string;
  readonly issuer?: string;
  readonly relation?: Relation;
  readonly grant_id?: string;
  readonly display_name?: string;
}

export interface CaseRefInput {
  readonly system: string;
  readonly type?: string;
  readonly id: string;
  readonly role?: string;
}

export interface ObjectRefInput {
  readonly system: string;
  readonly instance?: string;
  readonly type: string;
  readonly id: string;
  readonly role?: ObjectRole;
  readonly version_before?: string;
  readonly version_after?: string;
  readonly person?: boolean;
  readonly display_name?: string;
}

export interface SubjectRefInput {
  readonly id: string;
  readonly issuer?: string;
  readonly role?: string;
  readonly display_name?: string;
}

export interface ContentRefInput {
  readonly role: ContentRole;
  readonly capture?: Capture;
  readonly content_id?: string;
  readonly size_bytes?: number;
  readonly media_type?: string;
  readonly transform?: string;
  readonly truncated?: boolean;
  readonly text?: string;
  readonly json?: unknown;
  readonly data_base64?: string;
}

export interface RetrievalResultInput {
  readonly doc_id: string;
  readonly version?: string;
  readonly score?: number;
}

export interface CandidateInput {
  readonly call_id: string;
  readonly provider?: string;
  readonly model?: string;
  readonly position?: number;
  readonly status?: CandidateStatus;
}

export interface FindingInput {
  readonly category: string;
  readonly count?: number;
  readonly score?: number;
  readonly path?: string;
}

export interface SpanInput {
  readonly path: string;
  readonly category?: string;
  readonly count?: number;
}

export interface FieldChangeInput {
  readonly path: string;
  readonly before_mac?: string;
  readonly after_mac?: string;
}

export interface RecipientInput {
  readonly id: string;
  readonly issuer?: string;
  readonly domain?: string;
  readonly kind?: RecipientKind;
  readonly external?: boolean;
}

export interface SourceInput {
  readonly system: string;
  readonly instance?: string;
  readonly connector_id?: string;
  readonly origin_format?: OriginFormat;
  readonly origin_event_id?: string;
  readonly mapping_id?: string;
  readonly mapping_version?: string;
  readonly mapping_hash?: string;
}

export interface ActorInput {
  readonly type: ActorType;
  readonly id: string;
  readonly issuer?: string;
  readonly assurance?: Assurance;
  readonly relation?: Relation;
  readonly display_name?: string;
}

export interface AgentInput {
  readonly id?: string;
  readonly instance_id?: string;
  readonly name?: string;
  readonly version?: string;
  readonly config_id?: string;
  readonly framework?: string;
}

export interface PolicyContextInput {
  readonly policy_set?: string;
  readonly version?: string;
  readonly hash?: string;
}

export interface OutcomeInput {
  readonly status?: OutcomeStatus;
  readonly code?: string;
  readonly reason?: string;
}

export interface ModelInput {
  readonly provider?: string;
  readonly request_model?: string;
  readonly response_model?: string;
  readonly hosted?: Hosted;
  readonly region?: string;
}

export interface UsageInput {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly cached_tokens?: number;
  readonly reasoning_tokens?: number;
  readonly cost?: string | number;
  readonly currency?: string;
  readonly duration_ms?: number;
  readonly first_chunk_ms?: number;
  readonly finish_reason?: string;
}

export interface ToolInput {
  readonly name?: string;
  readonly tier?: ToolTier;
  readonly protocol?: ToolProtocol;
  readonly server?: string;
  readonly version?: string;
  readonly args_mac?: string;
  readonly result_mac?: string;
  readonly executed_as?: string;
  readonly idempotency_key?: string;
}

export interface RetrievalInput {
  readonly source_id?: string;
  readonly index_version?: string;
  readonly results?: readonly RetrievalResultInput[];
}

export interface ComparisonInput {
  readonly comparison_id?: string;
  readonly chosen_call_id?: string;
  readonly candidates?: readonly CandidateInput[];
}

export interface ArtifactInput {
  readonly artifact_id?: string;
  readonly version?: string;
  readonly media_type?: string;
  readonly size_bytes?: number;
  readonly mac?: string;
  readonly parent_artifact_id?: string;
  readonly produced_by_call_id?: string;
  readonly destination?: string;
}

export interface AccessInput {
  readonly kind?: string;
  readonly row_count?: number;
  readonly paths?: readonly string[];
}

export interface PolicyInput {
  readonly policy_id?: string;
  readonly policy_version?: string;
  readonly rule_id?: string;
  readonly decision?: PolicyDecision;
  readonly enforcement?: Enforcement;
  readonly latency_ms?: number;
  readonly reason_codes?: readonly string[];
}

export interface InspectionInput {
  readonly detector_id?: string;
  readonly detector_version?: string;
  readonly direction?: Direction;
  readonly verdict?: Verdict;
  readonly findings?: readonly FindingInput[];
}

export interface TransformationInput {
  readonly method?: TransformationMethod;
  readonly input_mac?: string;
  readonly output_mac?: string;
  readonly spans?: readonly SpanInput[];
}

export interface ApprovalInput {
  readonly approver?: string;
  readonly approver_issuer?: string;
  readonly decision?: ApprovalDecision;
  readonly threshold?: number;
  readonly value?: number;
  readonly unit?: string;
  readonly wait_ms?: number;
  readonly expires_at?: string | number;
}

export interface EffectInput {
  readonly kind?: EffectKind;
  readonly target_system?: string;
  readonly executed_as?: string;
  readonly document_no?: string;
  readonly transaction_key?: string;
  readonly amount?: string | number;
  readonly currency?: string;
  readonly reverts_effect_id?: string;
  readonly fields?: readonly FieldChangeInput[];
}

export interface MessageInput {
  readonly message_id?: string;
  readonly channel?: string;
  readonly recipients?: readonly RecipientInput[];
}

export interface RunInput {
  readonly trigger?: string;
  readonly automation_level?: AutomationLevel;
  readonly end_reason?: string;
  readonly error_type?: string;
  readonly expected_model_calls?: number;
  readonly expected_tool_calls?: number;
  readonly expected_effects?: number;
}

export interface ChangeInput {
  readonly kind?: ChangeKind;
  readonly item_id?: string;
  readonly item_version?: string;
  readonly from_hash?: string;
  readonly to_hash?: string;
  readonly effective_at?: string | number;
}

export interface LinkInput {
  readonly link_id?: string;
  readonly kind?: LinkKind;
  readonly from_kind?: string;
  readonly from_id?: string;
  readonly from_issuer?: string;
  readonly to_kind?: string;
  readonly to_id?: string;
  readonly to_issuer?: string;
  readonly basis?: LinkBasis;
  readonly rule_id?: string;
  readonly confidence?: number;
}

export interface GapInput {
  readonly stream_id?: string;
  readonly from_seq?: number;
  readonly to_seq?: number;
  readonly kind?: GapKind;
}

export interface QueryInput {
  readonly kind?: string;
  readonly as_of?: string;
  readonly rows?: number;
  readonly answer_hash?: string;
  readonly reason?: string;
}

export interface EnvelopeInput {
  readonly event_id?: string;
  readonly tenant_id?: string;
  readonly environment?: Environment;
  readonly region?: string;
  readonly occurred_at: string | number;
  readonly observed_at?: string | number;
  readonly time_basis?: TimeBasis;
  readonly time_precision_us?: number;
  readonly evidence_grade?: EvidenceGrade;
  readonly stream_id?: string;
  readonly seq?: number;
  readonly seq_origin?: SeqOrigin;
  readonly source: SourceInput;
  readonly actor: ActorInput;
  readonly on_behalf_of?: readonly PrincipalInput[];
  readonly agent?: AgentInput;
  readonly ai_system_id?: string;
  readonly org_unit?: string;
  readonly workspace_id?: string;
  readonly use_case?: string;
  readonly purpose?: string;
  readonly legal_basis?: string;
  readonly channel?: Channel;
  readonly client_app?: string;
  readonly session_id?: string;
  readonly turn_id?: string;
  readonly task_id?: string;
  readonly run_id?: string;
  readonly parent_run_id?: string;
  readonly root_run_id?: string;
  readonly step_id?: string;
  readonly parent_step_id?: string;
  readonly attempt?: number;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly causation_id?: string;
  readonly correlation_id?: string;
  readonly call_id?: string;
  readonly effect_id?: string;
  readonly decision_id?: string;
  readonly approval_id?: string;
  readonly action_mac?: string;
  readonly case_refs?: readonly CaseRefInput[];
  readonly object_refs?: readonly ObjectRefInput[];
  readonly subject_refs?: readonly SubjectRefInput[];
  readonly policy_context?: PolicyContextInput;
  readonly phase?: Phase;
  readonly outcome?: OutcomeInput;
  readonly labels?: readonly string[];
  readonly categories?: readonly string[];
  readonly content?: readonly ContentRefInput[];
  readonly retention_class?: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly fact_hash?: string;
  readonly model?: ModelInput;
  readonly usage?: UsageInput;
  readonly tool?: ToolInput;
  readonly retrieval?: RetrievalInput;
  readonly comparison?: ComparisonInput;
  readonly artifact?: ArtifactInput;
  readonly access?: AccessInput;
  readonly policy?: PolicyInput;
  readonly inspection?: InspectionInput;
  readonly transformation?: TransformationInput;
  readonly approval?: ApprovalInput;
  readonly effect?: EffectInput;
  readonly message?: MessageInput;
  readonly run?: RunInput;
  readonly change?: ChangeInput;
  readonly link?: LinkInput;
  readonly gap?: GapInput;
  readonly query?: QueryInput;
}

/** A file was handed to an AI system. */
export type ArtifactFileUploadedInput = EnvelopeInput & {
  readonly event_type: 'artifact.file.uploaded';
  readonly artifact: Need<NonNullable<EnvelopeInput['artifact']>, 'artifact_id'>;
};

/** A file was converted: OCR, translation, redaction. */
export type ArtifactFileTransformedInput = EnvelopeInput & {
  readonly event_type: 'artifact.file.transformed';
  readonly artifact: Need<NonNullable<EnvelopeInput['artifact']>, 'artifact_id'>;
};

/** A file was read by a model or tool. */
export type ArtifactFileAnalyzedInput = EnvelopeInput & {
  readonly event_type: 'artifact.file.analyzed';
  readonly artifact: Need<NonNullable<EnvelopeInput['artifact']>, 'artifact_id'>;
};

/** A file left the AI system to a person. */
export type ArtifactFileDownloadedInput = EnvelopeInput & {
  readonly event_type: 'artifact.file.downloaded';
  readonly artifact: Need<NonNullable<EnvelopeInput['artifact']>, 'artifact_id'>;
};

/** A call produced an artifact. */
export type ArtifactProducedInput = EnvelopeInput & {
  readonly event_type: 'artifact.produced';
  readonly artifact: Need<NonNullable<EnvelopeInput['artifact']>, 'artifact_id'>;
};

/** Content was exported from the AI system. */
export type ContentExportedInput = EnvelopeInput & {
  readonly event_type: 'content.exported';
  readonly artifact: Need<NonNullable<EnvelopeInput['artifact']>, 'destination'>;
};

/** Content was shared with others. */
export type ContentSharedInput = EnvelopeInput & {
  readonly event_type: 'content.shared';
};

/** Content was copied to somewhere else. */
export type ContentCopiedInput = EnvelopeInput & {
  readonly event_type: 'content.copied';
};

/** Somebody asked the record: timeline, search, resolve, event. */
export type AuditQueryExecutedInput = EnvelopeInput & {
  readonly event_type: 'audit.query.executed';
  readonly query: Need<NonNullable<EnvelopeInput['query']>, 'kind'>;
};

/** Somebody saw content. */
export type AuditContentRevealedInput = EnvelopeInput & {
  readonly event_type: 'audit.content.revealed';
  readonly query: Need<NonNullable<EnvelopeInput['query']>, 'reason'>;
};

/** Somebody exported evidence. */
export type AuditExportCreatedInput = EnvelopeInput & {
  readonly event_type: 'audit.export.created';
  readonly query: Need<NonNullable<EnvelopeInput['query']>, 'kind'>;
};

/** A report was made. */
export type AuditReportGeneratedInput = EnvelopeInput & {
  readonly event_type: 'audit.report.generated';
  readonly query: Need<NonNullable<EnvelopeInput['query']>, 'kind'>;
};

/** A case was opened. */
export type CaseOpenedInput = EnvelopeInput & {
  readonly event_type: 'case.opened';
  readonly case_refs: NonNullable<EnvelopeInput['case_refs']>;
};

/** A case was closed. */
export type CaseClosedInput = EnvelopeInput & {
  readonly event_type: 'case.closed';
  readonly case_refs: NonNullable<EnvelopeInput['case_refs']>;
};

/** Somebody wrote a note on a case. */
export type CaseNotedInput = EnvelopeInput & {
  readonly event_type: 'case.noted';
  readonly case_refs: NonNullable<EnvelopeInput['case_refs']>;
};

/** Somebody tagged something in a case. */
export type CaseTaggedInput = EnvelopeInput & {
  readonly event_type: 'case.tagged';
  readonly case_refs: NonNullable<EnvelopeInput['case_refs']>;
};

/** A case's conclusion was written. */
export type CaseConcludedInput = EnvelopeInput & {
  readonly event_type: 'case.concluded';
  readonly case_refs: NonNullable<EnvelopeInput['case_refs']>;
};

/** A model, prompt, policy, tool or setting changed. */
export type ConfigChangedInput = EnvelopeInput & {
  readonly event_type: 'config.changed';
  readonly change: Need<NonNullable<EnvelopeInput['change']>, 'item_id'>;
};

/** A schema of this log was registered. */
export type SchemaRegisteredInput = EnvelopeInput & {
  readonly event_type: 'schema.registered';
  readonly change: Need<NonNullable<EnvelopeInput['change']>, 'item_id' | 'to_hash'>;
};

/** An AI system was entered in the register. */
export type SystemRegisteredInput = EnvelopeInput & {
  readonly event_type: 'system.registered';
  readonly ai_system_id: NonNullable<EnvelopeInput['ai_system_id']>;
};

/** An AI system was taken out of use. */
export type SystemRetiredInput = EnvelopeInput & {
  readonly event_type: 'system.retired';
  readonly ai_system_id: NonNullable<EnvelopeInput['ai_system_id']>;
};

/** A source's own counts were compared with the record. */
export type SourceReconciledInput = EnvelopeInput & {
  readonly event_type: 'source.reconciled';
};

/** A business object was read. */
export type ObjectReadInput = EnvelopeInput & {
  readonly event_type: 'object.read';
  readonly object_refs: NonNullable<EnvelopeInput['object_refs']>;
};

/** A business object was created, changed or deleted, as the doer says. */
export type ObjectChangedInput = EnvelopeInput & {
  readonly event_type: 'object.changed';
  readonly object_refs: NonNullable<EnvelopeInput['object_refs']>;
  readonly effect: Need<NonNullable<EnvelopeInput['effect']>, 'kind'>;
};

/** The system of record itself reports a change. */
export type ObjectChangeConfirmedInput = EnvelopeInput & {
  readonly event_type: 'object.change.confirmed';
  readonly object_refs: NonNullable<EnvelopeInput['object_refs']>;
  readonly effect: Need<NonNullable<EnvelopeInput['effect']>, 'kind'>;
};

/** A change was undone. */
export type ObjectChangeRevertedInput = EnvelopeInput & {
  readonly event_type: 'object.change.reverted';
  readonly object_refs: NonNullable<EnvelopeInput['object_refs']>;
  readonly effect: Need<NonNullable<EnvelopeInput['effect']>, 'kind'>;
};

/** A message left: mail, chat, SMS. */
export type MessageSentInput = EnvelopeInput & {
  readonly event_type: 'message.sent';
  readonly message: Need<NonNullable<EnvelopeInput['message']>, 'channel'>;
};

/** A workflow or job was started. */
export type ProcessTriggeredInput = EnvelopeInput & {
  readonly event_type: 'process.triggered';
};

/** A workflow or job ended. */
export type ProcessCompletedInput = EnvelopeInput & {
  readonly event_type: 'process.completed';
};

/** A workflow or job ended in an error. */
export type ProcessFailedInput = EnvelopeInput & {
  readonly event_type: 'process.failed';
};

/** A person or service signed in or opened a session. */
export type IdentitySessionStartedInput = EnvelopeInput & {
  readonly event_type: 'identity.session.started';
  readonly session_id: NonNullable<EnvelopeInput['session_id']>;
};

/** A session ended. */
export type IdentitySessionEndedInput = EnvelopeInput & {
  readonly event_type: 'identity.session.ended';
  readonly session_id: NonNullable<EnvelopeInput['session_id']>;
};

/** Somebody allowed somebody else to act for them. */
export type IdentityDelegationGrantedInput = EnvelopeInput & {
  readonly event_type: 'identity.delegation.granted';
  readonly on_behalf_of: NonNullable<EnvelopeInput['on_behalf_of']>;
};

/** A delegation was taken back. */
export type IdentityDelegationRevokedInput = EnvelopeInput & {
  readonly event_type: 'identity.delegation.revoked';
  readonly on_behalf_of: NonNullable<EnvelopeInput['on_behalf_of']>;
};

/** Two accounts were found to be one person's. */
export type IdentityAccountLinkedInput = EnvelopeInput & {
  readonly event_type: 'identity.account.linked';
  readonly link: Need<NonNullable<EnvelopeInput['link']>, 'from_id' | 'to_id'>;
};

/** A link of accounts was taken back. */
export type IdentityAccountUnlinkedInput = EnvelopeInput & {
  readonly event_type: 'identity.account.unlinked';
  readonly link: Need<NonNullable<EnvelopeInput['link']>, 'from_id' | 'to_id'>;
};

/** A collector began to take events. */
export type CollectorStartedInput = EnvelopeInput & {
  readonly event_type: 'collector.started';
};

/** A collector lives; silence after it is a gap. */
export type CollectorHeartbeatInput = EnvelopeInput & {
  readonly event_type: 'collector.heartbeat';
};

/** A collector stopped in good order. */
export type CollectorStoppedInput = EnvelopeInput & {
  readonly event_type: 'collector.stopped';
};

/** A numbered stream began. */
export type StreamOpenedInput = EnvelopeInput & {
  readonly event_type: 'stream.opened';
  readonly gap: Need<NonNullable<EnvelopeInput['gap']>, 'stream_id'>;
};

/** A numbered stream ended; its last number is known. */
export type StreamClosedInput = EnvelopeInput & {
  readonly event_type: 'stream.closed';
  readonly gap: Need<NonNullable<EnvelopeInput['gap']>, 'stream_id' | 'to_seq'>;
};

/** Numbers are missing from a stream. */
export type CollectorGapDetectedInput = EnvelopeInput & {
  readonly event_type: 'collector.gap.detected';
  readonly gap: Need<NonNullable<EnvelopeInput['gap']>, 'kind'>;
};

/** Missing numbers arrived. */
export type CollectorGapClosedInput = EnvelopeInput & {
  readonly event_type: 'collector.gap.closed';
  readonly gap: Need<NonNullable<EnvelopeInput['gap']>, 'stream_id'>;
};

/** An item was refused at the door; its content is not kept. */
export type EventRejectedInput = EnvelopeInput & {
  readonly event_type: 'event.rejected';
};

/** A person or system entered a prompt. */
export type InteractionPromptSubmittedInput = EnvelopeInput & {
  readonly event_type: 'interaction.prompt.submitted';
};

/** An answer reached the person or system. */
export type InteractionResponseDeliveredInput = EnvelopeInput & {
  readonly event_type: 'interaction.response.delivered';
};

/** Several models' answers were put side by side. */
export type InteractionComparisonStartedInput = EnvelopeInput & {
  readonly event_type: 'interaction.comparison.started';
  readonly comparison: Need<NonNullable<EnvelopeInput['comparison']>, 'comparison_id' | 'candidates'>;
};

/** One of the compared answers was chosen. */
export type InteractionResponseSelectedInput = EnvelopeInput & {
  readonly event_type: 'interaction.response.selected';
  readonly comparison: Need<NonNullable<EnvelopeInput['comparison']>, 'comparison_id' | 'chosen_call_id'>;
};

/** Somebody rated an answer. */
export type InteractionFeedbackGivenInput = EnvelopeInput & {
  readonly event_type: 'interaction.feedback.given';
};

/** Documents were looked up for a model. */
export type RetrievalPerformedInput = EnvelopeInput & {
  readonly event_type: 'retrieval.performed';
  readonly retrieval: Need<NonNullable<EnvelopeInput['retrieval']>, 'source_id'>;
};

/** An agent read its memory. */
export type MemoryReadInput = EnvelopeInput & {
  readonly event_type: 'memory.read';
  readonly retrieval: Need<NonNullable<EnvelopeInput['retrieval']>, 'source_id'>;
};

/** An agent wrote to its memory. */
export type MemoryWrittenInput = EnvelopeInput & {
  readonly event_type: 'memory.written';
  readonly retrieval: Need<NonNullable<EnvelopeInput['retrieval']>, 'source_id'>;
};

/** An entry of an agent's memory was deleted. */
export type MemoryDeletedInput = EnvelopeInput & {
  readonly event_type: 'memory.deleted';
  readonly retrieval: Need<NonNullable<EnvelopeInput['retrieval']>, 'source_id'>;
};

/** Two things were found to belong together. */
export type LinkAssertedInput = EnvelopeInput & {
  readonly event_type: 'link.asserted';
  readonly link: Need<NonNullable<EnvelopeInput['link']>, 'link_id' | 'kind' | 'from_id' | 'to_id'>;
};

/** A link was taken back. */
export type LinkRetractedInput = EnvelopeInput & {
  readonly event_type: 'link.retracted';
  readonly link: Need<NonNullable<EnvelopeInput['link']>, 'link_id'>;
};

/** A model was called. */
export type ModelCallRequestedInput = EnvelopeInput & {
  readonly event_type: 'model.call.requested';
  readonly call_id: NonNullable<EnvelopeInput['call_id']>;
};

/** A model answered. */
export type ModelCallCompletedInput = EnvelopeInput & {
  readonly event_type: 'model.call.completed';
  readonly call_id: NonNullable<EnvelopeInput['call_id']>;
};

/** A model call ended in an error. */
export type ModelCallFailedInput = EnvelopeInput & {
  readonly event_type: 'model.call.failed';
  readonly call_id: NonNullable<EnvelopeInput['call_id']>;
};

/** A human was asked to approve an action. */
export type ApprovalRequestedInput = EnvelopeInput & {
  readonly event_type: 'approval.requested';
  readonly approval_id: NonNullable<EnvelopeInput['approval_id']>;
};

/** A human approved or rejected an action. */
export type ApprovalDecidedInput = EnvelopeInput & {
  readonly event_type: 'approval.decided';
  readonly approval_id: NonNullable<EnvelopeInput['approval_id']>;
  readonly approval: Need<NonNullable<EnvelopeInput['approval']>, 'approver' | 'decision'>;
};

/** Nobody decided in time. */
export type ApprovalExpiredInput = EnvelopeInput & {
  readonly event_type: 'approval.expired';
  readonly approval_id: NonNullable<EnvelopeInput['approval_id']>;
};

/** A human overrode a decision of an AI. */
export type OversightOverrideAppliedInput = EnvelopeInput & {
  readonly event_type: 'oversight.override.applied';
};

/** An agent was stopped from acting. */
export type AgentSuspendedInput = EnvelopeInput & {
  readonly event_type: 'agent.suspended';
  readonly agent: Need<NonNullable<EnvelopeInput['agent']>, 'id'>;
};

/** A suspended agent may act again. */
export type AgentResumedInput = EnvelopeInput & {
  readonly event_type: 'agent.resumed';
  readonly agent: Need<NonNullable<EnvelopeInput['agent']>, 'id'>;
};

/** A human reviewed what an AI did. */
export type ReviewCompletedInput = EnvelopeInput & {
  readonly event_type: 'review.completed';
};

/** A policy decided about an action. */
export type PolicyEvaluatedInput = EnvelopeInput & {
  readonly event_type: 'policy.evaluated';
  readonly policy: Need<NonNullable<EnvelopeInput['policy']>, 'policy_id' | 'decision'>;
};

/** A detector looked at content. */
export type ContentInspectedInput = EnvelopeInput & {
  readonly event_type: 'content.inspected';
  readonly inspection: Need<NonNullable<EnvelopeInput['inspection']>, 'detector_id' | 'verdict'>;
};

/** Content was masked, tokenised, removed or generalised. */
export type ContentTransformedInput = EnvelopeInput & {
  readonly event_type: 'content.transformed';
  readonly transformation: Need<NonNullable<EnvelopeInput['transformation']>, 'method'>;
};

/** Content was stopped. */
export type ContentBlockedInput = EnvelopeInput & {
  readonly event_type: 'content.blocked';
  readonly inspection: Need<NonNullable<EnvelopeInput['inspection']>, 'detector_id'>;
};

/** An exception to a policy was asked for or used. */
export type PolicyExceptionRaisedInput = EnvelopeInput & {
  readonly event_type: 'policy.exception.raised';
  readonly policy: Need<NonNullable<EnvelopeInput['policy']>, 'policy_id'>;
};

/** An exception ended. */
export type PolicyExceptionClosedInput = EnvelopeInput & {
  readonly event_type: 'policy.exception.closed';
  readonly policy: Need<NonNullable<EnvelopeInput['policy']>, 'policy_id'>;
};

/** An agent or system handed over to a human. */
export type EscalationRaisedInput = EnvelopeInput & {
  readonly event_type: 'escalation.raised';
};

/** An agent began a task. */
export type RunStartedInput = EnvelopeInput & {
  readonly event_type: 'run.started';
  readonly run_id: NonNullable<EnvelopeInput['run_id']>;
};

/** An agent finished a task. */
export type RunCompletedInput = EnvelopeInput & {
  readonly event_type: 'run.completed';
  readonly run_id: NonNullable<EnvelopeInput['run_id']>;
};

/** An agent's task ended in an error. */
export type RunFailedInput = EnvelopeInput & {
  readonly event_type: 'run.failed';
  readonly run_id: NonNullable<EnvelopeInput['run_id']>;
  readonly run: Need<NonNullable<EnvelopeInput['run']>, 'error_type'>;
};

/** Somebody or something stopped a task. */
export type RunStoppedInput = EnvelopeInput & {
  readonly event_type: 'run.stopped';
  readonly run_id: NonNullable<EnvelopeInput['run_id']>;
};

/** An agent laid down what it would do next. */
export type StepPlannedInput = EnvelopeInput & {
  readonly event_type: 'step.planned';
  readonly run_id: NonNullable<EnvelopeInput['run_id']>;
  readonly step_id: NonNullable<EnvelopeInput['step_id']>;
};

/** An agent or workflow took a decision of its own. */
export type DecisionRecordedInput = EnvelopeInput & {
  readonly event_type: 'decision.recorded';
  readonly decision_id: NonNullable<EnvelopeInput['decision_id']>;
};

/** An agent handed a task to another. */
export type AgentDelegatedInput = EnvelopeInput & {
  readonly event_type: 'agent.delegated';
  readonly run_id: NonNullable<EnvelopeInput['run_id']>;
};

/** A model or agent asked for a tool. */
export type ToolCallRequestedInput = EnvelopeInput & {
  readonly event_type: 'tool.call.requested';
  readonly call_id: NonNullable<EnvelopeInput['call_id']>;
  readonly tool: Need<NonNullable<EnvelopeInput['tool']>, 'name'>;
};

/** A tool answered. */
export type ToolCallCompletedInput = EnvelopeInput & {
  readonly event_type: 'tool.call.completed';
  readonly call_id: NonNullable<EnvelopeInput['call_id']>;
  readonly tool: Need<NonNullable<EnvelopeInput['tool']>, 'name'>;
  readonly outcome: Need<NonNullable<EnvelopeInput['outcome']>, 'status'>;
};

/** A tool call ended in an error. */
export type ToolCallFailedInput = EnvelopeInput & {
  readonly event_type: 'tool.call.failed';
  readonly call_id: NonNullable<EnvelopeInput['call_id']>;
  readonly tool: Need<NonNullable<EnvelopeInput['tool']>, 'name'>;
  readonly outcome: Need<NonNullable<EnvelopeInput['outcome']>, 'status'>;
};

export type EventInput =
  | ArtifactFileUploadedInput
  | ArtifactFileTransformedInput
  | ArtifactFileAnalyzedInput
  | ArtifactFileDownloadedInput
  | ArtifactProducedInput
  | ContentExportedInput
  | ContentSharedInput
  | ContentCopiedInput
  | AuditQueryExecutedInput
  | AuditContentRevealedInput
  | AuditExportCreatedInput
  | AuditReportGeneratedInput
  | CaseOpenedInput
  | CaseClosedInput
  | CaseNotedInput
  | CaseTaggedInput
  | CaseConcludedInput
  | ConfigChangedInput
  | SchemaRegisteredInput
  | SystemRegisteredInput
  | SystemRetiredInput
  | SourceReconciledInput
  | ObjectReadInput
  | ObjectChangedInput
  | ObjectChangeConfirmedInput
  | ObjectChangeRevertedInput
  | MessageSentInput
  | ProcessTriggeredInput
  | ProcessCompletedInput
  | ProcessFailedInput
  | IdentitySessionStartedInput
  | IdentitySessionEndedInput
  | IdentityDelegationGrantedInput
  | IdentityDelegationRevokedInput
  | IdentityAccountLinkedInput
  | IdentityAccountUnlinkedInput
  | CollectorStartedInput
  | CollectorHeartbeatInput
  | CollectorStoppedInput
  | StreamOpenedInput
  | StreamClosedInput
  | CollectorGapDetectedInput
  | CollectorGapClosedInput
  | EventRejectedInput
  | InteractionPromptSubmittedInput
  | InteractionResponseDeliveredInput
  | InteractionComparisonStartedInput
  | InteractionResponseSelectedInput
  | InteractionFeedbackGivenInput
  | RetrievalPerformedInput
  | MemoryReadInput
  | MemoryWrittenInput
  | MemoryDeletedInput
  | LinkAssertedInput
  | LinkRetractedInput
  | ModelCallRequestedInput
  | ModelCallCompletedInput
  | ModelCallFailedInput
  | ApprovalRequestedInput
  | ApprovalDecidedInput
  | ApprovalExpiredInput
  | OversightOverrideAppliedInput
  | AgentSuspendedInput
  | AgentResumedInput
  | ReviewCompletedInput
  | PolicyEvaluatedInput
  | ContentInspectedInput
  | ContentTransformedInput
  | ContentBlockedInput
  | PolicyExceptionRaisedInput
  | PolicyExceptionClosedInput
  | EscalationRaisedInput
  | RunStartedInput
  | RunCompletedInput
  | RunFailedInput
  | RunStoppedInput
  | StepPlannedInput
  | DecisionRecordedInput
  | AgentDelegatedInput
  | ToolCallRequestedInput
  | ToolCallCompletedInput
  | ToolCallFailedInput;
