import { isControl, kindOf } from '../runs/kinds.ts';
import { type RunRow, eventKeyOf } from '../runs/row.ts';
import { actorOf, type Party } from './parts.ts';
import { protectionEvent, type ProtectionEvent } from './protection.ts';

/** Something that stood between what was wanted and what was done. */
export interface Control {
  readonly kind: string;
  readonly event_id: string;
  readonly at: string;
  /** action: about this very action. run: in its run, before it was done. */
  readonly applies_to: 'action' | 'run';
  readonly by: Party;
  readonly policy: {
    readonly policy_id: string;
    readonly policy_version: string;
    readonly rule_id: string;
    readonly decision: string;
    readonly enforcement: string;
    readonly reason_codes: readonly string[];
  } | null;
  readonly approval: {
    readonly approval_id: string;
    readonly approver: string;
    readonly decision: string;
    readonly threshold: number | null;
    readonly value: number | null;
    readonly unit: string;
  } | null;
  readonly protection: Pick<
    ProtectionEvent,
    'direction' | 'detector' | 'verdict' | 'findings' | 'method' | 'spans'
  > | null;
  /** Documented codes of the type: exception, override, escalation. */
  readonly details: Readonly<Record<string, string>>;
}

/** Controls of the action, and those of its run up to when it was done. */
export function controlsOf(
  action: readonly RunRow[],
  ofRun: readonly RunRow[],
  until: string | null,
): readonly Control[] {
  const own = new Set(action.map(eventKeyOf));
  const others = ofRun.filter(
    (row) => !own.has(eventKeyOf(row)) && concernsRun(row) && (until === null || row.occurred_at <= until),
  );
  return [...action.filter((row) => isControl(row.event_type)), ...others]
    .sort((a, b) => (a.occurred_at < b.occurred_at ? -1 : a.occurred_at > b.occurred_at ? 1 : 0))
    .map((row) => controlOf(row, own.has(eventKeyOf(row)) ? 'action' : 'run'));
}

/** A decision or an approval of another action says nothing about this one. */
const concernsRun = (row: RunRow): boolean =>
  row.approval_id === undefined &&
  row.effect_id === undefined &&
  (row.tool?.name === undefined || row.call_id === undefined);

function controlOf(row: RunRow, applies_to: Control['applies_to']): Control {
  const { policy, approval } = row;
  const { direction, detector, verdict, findings, method, spans } = protectionEvent(row, true);
  return {
    kind: kindOf(row.event_type),
    event_id: row.event_id,
    at: row.occurred_at,
    applies_to,
    by: actorOf(row),
    policy:
      policy === undefined
        ? null
        : {
            policy_id: policy.policy_id ?? '',
            policy_version: policy.policy_version ?? '',
            rule_id: policy.rule_id ?? '',
            decision: policy.decision ?? 'unknown',
            enforcement: policy.enforcement ?? 'unknown',
            reason_codes: policy.reason_codes ?? [],
          },
    approval:
      approval === undefined
        ? null
        : {
            approval_id: row.approval_id ?? '',
            approver: approval.approver ?? '',
            decision: approval.decision ?? 'unknown',
            threshold: approval.threshold ?? null,
            value: approval.value ?? null,
            unit: approval.unit ?? '',
          },
    protection:
      row.inspection === undefined && row.transformation === undefined
        ? null
        : { direction, detector, verdict, findings, method, spans },
    details: row.details ?? {},
  };
}
