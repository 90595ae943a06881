import { type RunRow } from '../runs/row.ts';
import { changeInForce, type Production } from './artifact.ts';
import { distinct, idsOf } from './parts.ts';

/**
 * Which rules were in force when something was done, as its own events say, and what the configuration's history says.
 */
export interface PolicyInForce {
  readonly status: 'recorded' | 'missing';
  readonly policy_sets: readonly {
    readonly policy_set: string;
    readonly version: string;
    readonly hash: string;
    readonly event_ids: readonly string[];
  }[];
  /** Policies that decided about it, in the version that they name. */
  readonly policies: readonly {
    readonly policy_id: string;
    readonly policy_version: string;
    readonly event_ids: readonly string[];
  }[];
  /** The newest change of each that was in force then; whoever looks today may find a later one. */
  readonly changes: readonly NonNullable<Production['configuration_change']>[];
  /** Changed since. */
  readonly later_changes: readonly string[];
}

export function policyInForce(action: readonly RunRow[], changes: readonly RunRow[], at: string): PolicyInForce {
  const sets = new Map<string, { policy_set: string; version: string; hash: string; event_ids: string[] }>();
  for (const { policy_context, event_id } of action) {
    if (policy_context?.policy_set === undefined && policy_context?.version === undefined) continue;
    const { policy_set = '', version = '', hash = '' } = policy_context;
    const key = JSON.stringify([policy_set, version, hash]);
    sets.set(key, { policy_set, version, hash, event_ids: [...(sets.get(key)?.event_ids ?? []), event_id] });
  }
  const deciding = action.filter(({ event_type }) => event_type === 'policy.evaluated');
  const versions = [
    ...new Set(deciding.map(({ policy }) => JSON.stringify([policy?.policy_id ?? '', policy?.policy_version ?? '']))),
  ].map((key) => JSON.parse(key) as [string, string]);
  const items = itemsOf(action);
  const inForce = items.map((item) => changeInForce(changes, item, at)).filter((change) => change !== null);
  return {
    status: sets.size > 0 || deciding.length > 0 ? 'recorded' : 'missing',
    policy_sets: [...sets.values()],
    policies: versions.map(([policy_id, policy_version]) => ({
      policy_id,
      policy_version,
      event_ids: idsOf(
        deciding.filter(
          ({ policy }) => (policy?.policy_id ?? '') === policy_id && (policy?.policy_version ?? '') === policy_version,
        ),
      ),
    })),
    changes: inForce,
    later_changes: idsOf(
      changes.filter(
        (row) =>
          items.includes(row.change?.item_id ?? '') &&
          ((row.change?.effective_at as string | undefined) ?? row.occurred_at) > at,
      ),
    ),
  };
}

/** What may have changed: sets of policies and policies, by the ids under which `config.changed` knows them. */
export const itemsOf = (action: readonly RunRow[]): readonly string[] => [
  ...new Set([
    ...distinct(action, (row) => row.policy_context?.policy_set),
    ...distinct(action, (row) => row.policy?.policy_id),
    ...distinct(action, (row) => row.agent?.config_id),
  ]),
];
