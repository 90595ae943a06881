import { actionFrom } from '../runs/action.ts';
import { type Agreement, agreementOf } from '../runs/agreement.ts';
import { happened } from '../runs/in-time.ts';
import { endsCall, isEffect } from '../runs/kinds.ts';
import { millisBetween, type RunRow } from '../runs/row.ts';
import { actorOf, belongsTo, type Belongs, distinct, idsOf, type Party, principalsOf } from './parts.ts';

export interface Approval {
  readonly approval_id: string;
  readonly status: 'pending' | 'approved' | 'rejected' | 'expired' | 'withdrawn';
  readonly requested_at: string | null;
  readonly requested_by: Party | null;
  readonly on_behalf_of: readonly Party[];
  readonly decided_at: string | null;
  /** The person who decided or was asked to. */
  readonly approver: { readonly id: string; readonly issuer: string } | null;
  /** A person of another identity than whoever asked; null when one of them is not on record. */
  readonly independent: boolean | null;
  readonly waited_ms: number | null;
  /** measured: as the source says. derived: from the times of request and decision. */
  readonly waited_basis: 'measured' | 'derived' | null;
  readonly expires_at: string | null;
  readonly threshold: number | null;
  readonly value: number | null;
  readonly unit: string | null;
  /** The value is above the threshold; null when one of them is not on record. */
  readonly over_threshold: boolean | null;
  readonly reason: string | null;
  /** What the approver saw: codes of fields, and bodies of role shown. */
  readonly shown: {
    readonly recorded: boolean;
    readonly fields: readonly string[];
    readonly content: readonly { readonly content_id: string; readonly capture: string; readonly event_id: string }[];
  };
  readonly tool: string | null;
  readonly event_ids: readonly string[];
}

export interface ApprovalAnswer {
  readonly approval: Approval;
  /** What was executed, beside what was approved. */
  readonly executed: {
    readonly status:
      'as_approved' | 'differently' | 'before_approval' | 'although_not_approved' | 'not_executed' | 'not_comparable';
    readonly approved_action_mac: string | null;
    readonly executed_action_macs: readonly string[];
    readonly at: string | null;
    readonly event_ids: readonly string[];
  };
  readonly agreement: Agreement;
  readonly agreement_reasons: readonly string[];
  /** Events of the action after the decision, in order. */
  readonly then: readonly string[];
  readonly belongs_to: Belongs;
}

/** `action`: all events of the action that the approval is about, in order. */
export function approvalOf(approvalId: string, action: readonly RunRow[]): ApprovalAnswer {
  const own = action.filter((row) => row.approval_id === approvalId && row.event_type.startsWith('approval.'));
  const approval = factsOf(approvalId, own, action);
  const { agreement, reasons } = agreementOf(actionFrom(action));
  return {
    approval,
    executed: executedOf(own, action, approval),
    agreement,
    agreement_reasons: reasons,
    then: idsOf(
      action.filter(
        (row) => approval.decided_at !== null && row.occurred_at >= approval.decided_at && !own.includes(row),
      ),
    ),
    belongs_to: belongsTo(action),
  };
}

function statusOf(closing: RunRow | undefined): Approval['status'] {
  if (closing === undefined) return 'pending';
  if (closing.event_type === 'approval.expired' || closing.approval?.decision === 'expired') return 'expired';
  if (closing.approval?.decision === 'withdrawn') return 'withdrawn';
  return closing.approval?.decision === 'approved' ? 'approved' : 'rejected';
}

function factsOf(approval_id: string, own: readonly RunRow[], action: readonly RunRow[]): Approval {
  const requested = own.find(({ event_type }) => event_type === 'approval.requested');
  // The newest word counts, by whomever.
  const closing = own.findLast(({ event_type }) => event_type !== 'approval.requested');
  const newestFirst = [...own].reverse();
  const first = <Value>(read: (row: RunRow) => Value | undefined): Value | null =>
    newestFirst.map(read).find((value) => value !== undefined) ?? null;
  const measured = first(({ approval }) => approval?.wait_ms);
  const approver = first(({ approval }) => approval?.approver);
  const [threshold, value] = [first(({ approval }) => approval?.threshold), first(({ approval }) => approval?.value)];
  const derived =
    requested === undefined || closing === undefined ? null : millisBetween(requested.occurred_at, closing.occurred_at);
  return {
    approval_id,
    status: statusOf(closing),
    requested_at: requested?.occurred_at ?? null,
    requested_by: requested === undefined ? null : actorOf(requested),
    on_behalf_of: requested === undefined ? [] : principalsOf(requested),
    decided_at: closing?.occurred_at ?? null,
    approver:
      approver === null ? null : { id: approver, issuer: first(({ approval }) => approval?.approver_issuer) ?? '' },
    independent:
      approver === null || requested === undefined
        ? null
        : ![actorOf(requested), ...principalsOf(requested)].some(({ id }) => id === approver),
    waited_ms: measured ?? derived,
    waited_basis: measured !== null ? 'measured' : derived === null ? null : 'derived',
    expires_at: first(({ approval }) => approval?.expires_at as string | undefined),
    threshold,
    value,
    unit: first(({ approval }) => approval?.unit),
    over_threshold: threshold === null || value === null ? null : value > threshold,
    reason: closing?.outcome?.reason ?? closing?.outcome?.code ?? null,
    shown: shownOf(own),
    tool: first(({ tool }) => tool?.name) ?? action.find(({ tool }) => tool?.name !== undefined)?.tool?.name ?? null,
    event_ids: idsOf(own),
  };
}

function shownOf(own: readonly RunRow[]): Approval['shown'] {
  const fields = [
    ...new Set(own.flatMap(({ details }) => (details?.['shown_fields'] ?? '').split(',').map((field) => field.trim()))),
  ].filter((field) => field !== '');
  const content = own.flatMap(({ event_id, content: refs }) =>
    (refs ?? [])
      .filter(({ role }) => role === 'shown')
      .map(({ content_id, capture }) => ({ content_id: content_id ?? '', capture: capture ?? 'unknown', event_id })),
  );
  return { recorded: fields.length > 0 || content.length > 0, fields, content };
}

function executedOf(
  own: readonly RunRow[],
  action: readonly RunRow[],
  { status, decided_at }: Approval,
): ApprovalAnswer['executed'] {
  const done = action.filter(
    (row) =>
      (isEffect(row.event_type) || row.event_type === 'object.change.confirmed') &&
      row.event_type !== 'object.change.reverted' &&
      happened(row),
  );
  const executed =
    done.length > 0
      ? done
      : action.filter((row) => row.event_type.startsWith('tool.call.') && endsCall(row.event_type) && happened(row));
  const approvedMac = own.findLast((row) => row.action_mac !== undefined)?.action_mac ?? null;
  const macs = distinct(executed, (row) => row.action_mac);
  const verdict = (): ApprovalAnswer['executed']['status'] => {
    if (executed.length === 0) return 'not_executed';
    if (status !== 'approved') return 'although_not_approved';
    if (executed.some((row) => decided_at !== null && row.occurred_at < decided_at && !row.order_uncertain))
      return 'before_approval';
    if (approvedMac === null || macs.length === 0) return 'not_comparable';
    return macs.every((mac) => mac === approvedMac) ? 'as_approved' : 'differently';
  };
  return {
    status: verdict(),
    approved_action_mac: approvedMac,
    executed_action_macs: macs,
    at: executed[0]?.occurred_at ?? null,
    event_ids: idsOf(executed),
  };
}
