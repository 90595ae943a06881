import { parseTime } from '@affidavit/audit-model';
import { microsOf, type RunRow } from '../runs/row.ts';
import { actorOf, idsOf, type Party, principalsOf } from './parts.ts';

/** One grant under which something was done, as it stood at that time. */
export interface Grant {
  readonly grant_id: string;
  readonly granted_at: string | null;
  readonly granted_by: Party | null;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly scope: string | null;
  readonly in_force: 'yes' | 'no' | 'unknown';
  /** not_on_record, not_yet_granted, expired, revoked. */
  readonly reasons: readonly string[];
  readonly event_ids: readonly string[];
}

export interface Delegation {
  readonly acted: Party;
  /** Outermost human first. */
  readonly on_behalf_of: readonly (Party & { readonly grant_id: string })[];
  readonly grants: readonly Grant[];
}

const names = (row: RunRow, grantId: string): boolean =>
  row.details?.['grant_id'] === grantId || (row.on_behalf_of ?? []).some(({ grant_id }) => grant_id === grantId);

/** `at`: when it was done. What was granted or revoked later did not hold then. */
export function delegationOf(doer: RunRow, events: readonly RunRow[], at: string): Delegation {
  const on_behalf_of = principalsOf(doer);
  const ids = [...new Set(on_behalf_of.map(({ grant_id }) => grant_id))].filter((id) => id !== '');
  return {
    acted: actorOf(doer),
    on_behalf_of,
    grants: ids.map((id) =>
      grantOf(
        id,
        events.filter((row) => names(row, id)),
        at,
      ),
    ),
  };
}

function grantOf(grant_id: string, events: readonly RunRow[], at: string): Grant {
  const of = (type: string): readonly RunRow[] => events.filter(({ event_type }) => event_type === type);
  const granted =
    of('identity.delegation.granted').findLast(({ occurred_at }) => occurred_at <= at) ??
    of('identity.delegation.granted')[0];
  // Granted again after a revocation, it holds again.
  const revoked = of('identity.delegation.revoked').find(
    ({ occurred_at }) => granted === undefined || occurred_at >= granted.occurred_at,
  );
  const expires_at = granted?.details?.['expires_at'] ?? null;
  const expiry = expires_at === null ? null : (parseTime(expires_at)?.micros ?? null);
  const reasons = [
    ...(granted === undefined ? ['not_on_record'] : []),
    ...(granted !== undefined && granted.occurred_at > at ? ['not_yet_granted'] : []),
    ...(expiry !== null && expiry <= microsOf(at) ? ['expired'] : []),
    ...(revoked !== undefined && revoked.occurred_at <= at ? ['revoked'] : []),
  ];
  return {
    grant_id,
    granted_at: granted?.occurred_at ?? null,
    granted_by: granted === undefined ? null : actorOf(granted),
    expires_at,
    revoked_at: revoked?.occurred_at ?? null,
    scope: granted?.details?.['scope'] ?? null,
    in_force: reasons.some((reason) => reason !== 'not_on_record') ? 'no' : granted === undefined ? 'unknown' : 'yes',
    reasons,
    event_ids: idsOf(events),
  };
}
