import { type ContentRole } from '@affidavit/contracts';
import { evidenceOf, type Evidence } from './evidence.ts';
import { isCall, isEffect, kindOf, type NodeKind } from './kinds.ts';
import { callOf, groupRows, isFailure, type RunRow, runOf, eventKeyOf } from './row.ts';
import { titleOf } from './titles.ts';

/** A step of a run as a diff sees it: a call with its end, or one event. */
export interface DiffStep {
  readonly kind: NodeKind;
  /**
   * Steps of one kind and name can be the same step. A model's name is a fact of the call: another model may do the
   * same.
   */
  readonly name: string;
  readonly title: string;
  readonly run_id: string;
  readonly at: string;
  readonly event_ids: readonly string[];
  readonly facts: Readonly<Record<string, string | number>>;
  readonly failed: boolean;
  readonly arguments: Evidence;
  readonly result: Evidence;
}

/** What stands beside the course of a run, or only frames it. */
const leftOut: ReadonlySet<NodeKind> = new Set(['step', 'plan', 'link', 'other', 'review', 'feedback']);

/** In the order in which they began. */
export function diffSteps(rows: readonly RunRow[]): readonly DiffStep[] {
  const taken = rows.filter((row) => row.event_type !== 'run.started' && !leftOut.has(kindOf(row.event_type)));
  const groups = groupRows(taken, (row) =>
    isCall(row.event_type) ? `call ${kindOf(row.event_type)} ${callOf(row)}` : `event ${eventKeyOf(row)}`,
  );
  return [...groups.values()].map(stepOf);
}

function stepOf(rows: readonly RunRow[]): DiffStep {
  const first = rows[0] as RunRow;
  const last = rows[rows.length - 1] as RunRow;
  const kind = kindOf(first.event_type);
  const [args, result]: readonly [ContentRole, ContentRole] =
    kind === 'tool_call' ? ['tool_args', 'tool_result'] : ['input', 'output'];
  return {
    kind,
    name: nameOf(kind, last),
    title: titleOf(rows, last.event_type),
    run_id: runOf(first),
    at: first.occurred_at,
    event_ids: rows.map(({ event_id }) => event_id),
    facts: factsOf(kind, last),
    failed: rows.some((row) => isFailure(row) || row.outcome?.status === 'denied'),
    arguments: evidenceOf(rows, (row) => row.tool?.args_mac, args),
    result: evidenceOf(rows, (row) => row.tool?.result_mac, result),
  };
}

function nameOf(kind: NodeKind, row: RunRow): string {
  const text = (...parts: readonly (string | undefined)[]): string =>
    parts.filter((part) => part !== undefined).join(' ');
  const object = row.object_refs?.[0];
  if (isEffect(row.event_type) || kind === 'confirmation' || kind === 'read')
    return text(
      row.event_type,
      row.effect?.kind,
      row.effect?.target_system ?? object?.system ?? row.message?.channel,
      object?.type ?? row.details?.['process_id'],
    );
  switch (kind) {
    case 'tool_call':
      return row.tool?.name ?? '';
    case 'policy':
    case 'block':
    case 'exception':
      return text(row.event_type, row.policy?.policy_id);
    case 'decision':
      return row.details?.['decision_kind'] ?? '';
    case 'retrieval':
    case 'memory':
      return text(row.event_type, row.retrieval?.source_id);
    case 'inspection':
      return text(row.inspection?.detector_id, row.inspection?.direction);
    case 'model_call':
    case 'run':
      return '';
    default:
      return row.event_type;
  }
}

/** Codes, names, numbers and ids that can be held side by side. What was said is compared apart. */
function factsOf(kind: NodeKind, row: RunRow): DiffStep['facts'] {
  const { outcome, effect, policy, approval, details, model, tool, run } = row;
  const all: Readonly<Record<string, string | number | undefined>> = {
    outcome: outcome?.status,
    code: outcome?.code ?? details?.['error_type'],
    ...(kind === 'run' && { status: row.event_type, error_type: run?.error_type, end_reason: run?.end_reason }),
    ...(kind === 'model_call' && {
      provider: model?.provider,
      model: model?.response_model ?? model?.request_model,
      finish_reason: row.usage?.finish_reason,
      tool_calls: details?.['tool_calls'],
    }),
    executed_as: tool?.executed_as ?? effect?.executed_as,
    decision: policy?.decision ?? approval?.decision,
    rule: policy?.rule_id ?? details?.['rule_id'],
    policy_version: policy?.policy_version,
    enforcement: policy?.enforcement,
    branch: details?.['branch'],
    approver: approval?.approver,
    threshold: approval?.threshold,
    value: approval?.value,
    unit: approval?.unit,
    amount: effect?.amount,
    currency: effect?.currency,
    verdict: row.inspection?.verdict,
    masked: row.transformation?.method,
    documents: joined(
      row.retrieval?.results?.map(({ doc_id, version }) =>
        version === undefined ? doc_id : `${doc_id ?? ''}@${version}`,
      ),
    ),
    objects: joined(
      row.object_refs
        ?.map(({ system, type, id }) => [system, type, id].filter((part) => part !== undefined).join(':'))
        .sort(),
    ),
    recipients: joined(row.message?.recipients?.map(({ id, domain }) => id ?? domain).sort()),
    child_agent: details?.['child_agent_id'],
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}

const joined = (texts: readonly (string | undefined)[] | undefined): string | undefined =>
  texts === undefined || texts.length === 0 ? undefined : texts.join(', ');
