import { type EventType } from '@affidavit/contracts';

/**
 * What an event is in the course of a run. Every type of the catalogue has one, so that nothing falls out of the tree.
 */
export type NodeKind =
  | 'run'
  | 'step'
  | 'plan'
  | 'delegation'
  | 'prompt'
  | 'response'
  | 'model_call'
  | 'tool_call'
  | 'retrieval'
  | 'memory'
  | 'read'
  | 'decision'
  | 'policy'
  | 'inspection'
  | 'masking'
  | 'block'
  | 'approval'
  | 'exception'
  | 'escalation'
  | 'override'
  | 'effect'
  | 'message'
  | 'process'
  | 'confirmation'
  | 'revert'
  | 'artifact'
  | 'comparison'
  | 'feedback'
  | 'review'
  | 'link'
  | 'other';

const kinds: Partial<Readonly<Record<EventType, NodeKind>>> = {
  'run.started': 'run',
  'run.completed': 'run',
  'run.failed': 'run',
  'run.stopped': 'run',
  'step.planned': 'step',
  'decision.recorded': 'decision',
  'agent.delegated': 'delegation',
  'interaction.prompt.submitted': 'prompt',
  'interaction.response.delivered': 'response',
  'interaction.comparison.started': 'comparison',
  'interaction.response.selected': 'comparison',
  'interaction.feedback.given': 'feedback',
  'model.call.requested': 'model_call',
  'model.call.completed': 'model_call',
  'model.call.failed': 'model_call',
  'tool.call.requested': 'tool_call',
  'tool.call.completed': 'tool_call',
  'tool.call.failed': 'tool_call',
  'retrieval.performed': 'retrieval',
  'memory.read': 'memory',
  'memory.written': 'memory',
  'memory.deleted': 'memory',
  'object.read': 'read',
  'object.changed': 'effect',
  'object.change.confirmed': 'confirmation',
  'object.change.reverted': 'revert',
  'message.sent': 'message',
  'process.triggered': 'process',
  'process.completed': 'confirmation',
  'process.failed': 'confirmation',
  'policy.evaluated': 'policy',
  'content.inspected': 'inspection',
  'content.transformed': 'masking',
  'content.blocked': 'block',
  'policy.exception.raised': 'exception',
  'policy.exception.closed': 'exception',
  'escalation.raised': 'escalation',
  'approval.requested': 'approval',
  'approval.decided': 'approval',
  'approval.expired': 'approval',
  'oversight.override.applied': 'override',
  'review.completed': 'review',
  'artifact.file.uploaded': 'artifact',
  'artifact.file.transformed': 'artifact',
  'artifact.file.analyzed': 'artifact',
  'artifact.file.downloaded': 'artifact',
  'artifact.produced': 'artifact',
  'content.exported': 'artifact',
  'content.shared': 'artifact',
  'content.copied': 'artifact',
  'link.asserted': 'link',
  'link.retracted': 'link',
};

export const kindOf = (type: EventType): NodeKind => kinds[type] ?? 'other';

/** What an action does to the world. */
const effects: ReadonlySet<NodeKind> = new Set(['effect', 'message', 'process', 'revert']);
export const isEffect = (type: EventType): boolean => effects.has(kindOf(type));

/** What says whether an action may happen. */
const controls: ReadonlySet<NodeKind> = new Set([
  'policy',
  'inspection',
  'masking',
  'block',
  'approval',
  'exception',
  'escalation',
  'override',
]);
export const isControl = (type: EventType): boolean => controls.has(kindOf(type));

/** Kinds that hang under the action that they are about, when they name it. */
const attached: ReadonlySet<NodeKind> = new Set<NodeKind>([
  ...effects,
  ...controls,
  'confirmation',
  'read',
  'artifact',
  'decision',
  'review',
  'retrieval',
  'memory',
]);
export const isAttached = (type: EventType): boolean => attached.has(kindOf(type));

export const isCall = (type: EventType): boolean => kindOf(type) === 'model_call' || kindOf(type) === 'tool_call';
export const endsCall = (type: EventType): boolean => isCall(type) && !type.endsWith('.requested');
export const endsRun = (type: EventType): boolean => kindOf(type) === 'run' && type !== 'run.started';

const attempts: ReadonlySet<EventType> = new Set<EventType>([
  'tool.call.requested',
  'model.call.requested',
  'interaction.prompt.submitted',
  'step.planned',
  'agent.delegated',
  'decision.recorded',
  'run.started',
]);
/** What somebody wanted, before anything came of it. */
export const isAttempt = (type: EventType): boolean => attempts.has(type);
