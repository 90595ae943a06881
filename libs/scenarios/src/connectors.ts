import { type EvidenceGrade } from '@affidavit/contracts';

/** What a connector's credential says; `affidavit up` makes one for each. */
export interface ScenarioConnector {
  readonly connector_id: string;
  readonly sources: readonly string[];
  readonly event_types: readonly string[];
  readonly max_evidence_grade: EvidenceGrade;
}

/**
 * One connector a system, with no more rights than it needs: who reports a fact decides how far it can be believed.
 * What the agents say of themselves is self_reported; what passed the gateways is gateway_observed; the systems of
 * record vouch for theirs.
 */
export const connectors = [
  {
    connector_id: 'agent-runtime',
    sources: ['agent-runtime'],
    max_evidence_grade: 'self_reported',
    event_types: [
      'run.*',
      'step.planned',
      'decision.recorded',
      'agent.delegated',
      'tool.*',
      'retrieval.performed',
      'object.read',
      'object.changed',
      'message.sent',
      'process.triggered',
      'artifact.*',
      'escalation.raised',
      'memory.*',
    ],
  },
  {
    connector_id: 'ai-gateway',
    sources: ['ai-gateway'],
    max_evidence_grade: 'gateway_observed',
    event_types: ['model.*', 'interaction.*', 'content.inspected', 'content.transformed', 'content.blocked'],
  },
  { connector_id: 'llm-host', sources: ['llm-host'], max_evidence_grade: 'self_reported', event_types: ['model.*'] },
  {
    connector_id: 'api-gateway',
    sources: ['api-gateway'],
    max_evidence_grade: 'gateway_observed',
    event_types: ['object.change.confirmed', 'content.transformed'],
  },
  {
    connector_id: 'policy-engine',
    sources: ['policy-engine'],
    max_evidence_grade: 'gateway_observed',
    event_types: [
      'policy.*',
      'content.inspected',
      'content.transformed',
      'content.blocked',
      'approval.*',
      'config.changed',
      'agent.*',
      'escalation.raised',
      'review.completed',
    ],
  },
  {
    connector_id: 'contract-desk',
    sources: ['contract-desk'],
    max_evidence_grade: 'self_reported',
    event_types: ['interaction.*', 'artifact.*', 'model.*', 'content.*'],
  },
  {
    connector_id: 'model-bench',
    sources: ['model-bench'],
    max_evidence_grade: 'self_reported',
    event_types: ['interaction.*', 'artifact.*', 'content.*'],
  },
  {
    connector_id: 'salesforce-feed',
    sources: ['salesforce'],
    max_evidence_grade: 'system_of_record',
    event_types: ['object.*', 'collector.gap.detected'],
  },
  {
    connector_id: 'sap-feed',
    sources: ['sap'],
    max_evidence_grade: 'system_of_record',
    event_types: ['object.*', 'process.*'],
  },
  {
    connector_id: 'exchange-feed',
    sources: ['exchange'],
    max_evidence_grade: 'system_of_record',
    event_types: ['message.sent', 'content.shared'],
  },
  {
    connector_id: 'sharepoint-feed',
    sources: ['sharepoint'],
    max_evidence_grade: 'system_of_record',
    event_types: ['object.*', 'content.*'],
  },
  {
    connector_id: 'servicenow-feed',
    sources: ['servicenow'],
    max_evidence_grade: 'system_of_record',
    event_types: [
      'object.*',
      'approval.*',
      'review.completed',
      'link.*',
      'policy.exception.*',
      'config.changed',
      'agent.*',
    ],
  },
  {
    connector_id: 'entra-feed',
    sources: ['entra'],
    max_evidence_grade: 'system_of_record',
    event_types: ['identity.*'],
  },
] as const satisfies readonly ScenarioConnector[];

export type SourceName = (typeof connectors)[number]['sources'][number];

/** The connector that speaks for a source. */
export function connectorOf(source: string): ScenarioConnector {
  const found = (connectors as readonly ScenarioConnector[]).find(({ sources }) => sources.includes(source));
  if (!found) throw new Error(`no connector speaks for ${source}`);
  return found;
}

export const gradeOf = (source: SourceName): EvidenceGrade => connectorOf(source).max_evidence_grade;
