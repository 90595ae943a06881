import { unreachable } from '@affidavit/audit-model';
import { kindOf } from './kinds.ts';
import { type RunRow } from './row.ts';

/** What a row or a node is called: names, codes and ids of things, never people and never content. */
export function titleOf(rows: readonly RunRow[], fallback: string): string {
  const row = rows.at(-1);
  const first = rows[0];
  if (row === undefined || first === undefined) return fallback;
  const kind = kindOf(row.event_type);
  switch (kind) {
    case 'run':
      return row.agent?.name ?? row.agent?.id ?? row.run_id ?? fallback;
    case 'step':
    case 'plan':
      return row.step_id ?? fallback;
    case 'model_call':
      return (
        row.model?.response_model ??
        row.model?.request_model ??
        first.model?.request_model ??
        row.model?.provider ??
        fallback
      );
    case 'tool_call':
      return row.tool?.name ?? fallback;
    case 'retrieval':
    case 'memory':
      return row.retrieval?.source_id ?? fallback;
    case 'policy':
    case 'block':
    case 'exception':
      return (
        [row.policy?.policy_id, row.policy?.decision].filter((part) => part !== undefined).join(' ') || row.event_type
      );
    case 'decision':
      return row.details?.['branch'] ?? row.details?.['decision_kind'] ?? row.decision_id ?? row.event_type;
    case 'inspection':
      return (
        [row.inspection?.detector_id, row.inspection?.verdict].filter((part) => part !== undefined).join(' ') ||
        row.event_type
      );
    case 'masking':
      return row.transformation?.method ?? row.event_type;
    case 'approval':
      return row.event_type === 'approval.decided'
        ? (row.approval?.decision ?? 'decided')
        : row.event_type === 'approval.expired'
          ? 'expired'
          : 'requested';
    case 'delegation':
      return row.details?.['child_agent_id'] ?? row.details?.['child_run_id'] ?? row.event_type;
    case 'effect':
    case 'confirmation':
    case 'revert':
    case 'read':
    case 'process':
    case 'message':
      return objectTitle(row);
    case 'artifact':
      return row.artifact?.artifact_id ?? row.event_type;
    case 'prompt':
    case 'response':
    case 'escalation':
    case 'override':
    case 'comparison':
    case 'feedback':
    case 'review':
    case 'link':
    case 'other':
      return row.event_type;
    default:
      return unreachable(kind);
  }
}

function objectTitle(row: RunRow): string {
  const [object] = row.object_refs ?? [];
  const what =
    object === undefined
      ? (row.details?.['process_id'] ?? row.message?.channel ?? row.effect?.document_no)
      : [object.system, object.type, object.id].filter((part) => part !== undefined).join(' ');
  return [row.effect?.kind, what].filter((part) => part !== undefined).join(' ') || row.event_type;
}
