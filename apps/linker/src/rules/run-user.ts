import { type Finding, type RunFacts } from './rule.ts';

const RULE = 'run_user/1';

/**
 * A run in which one human alone is acted for, or asks, is that person's, also where an event does not say so.
 * Approvers are not asked for.
 */
export function runUser({ tenant_id, run, people, without_person }: RunFacts): Finding {
  const [only, ...more] = people;
  const link =
    only !== undefined && more.length === 0 && without_person > 0
      ? ({
          kind: 'run_user',
          from: { kind: 'run', id: run },
          to: { kind: 'person', id: only.id, issuer: only.issuer },
          confidence: 0.9,
        } as const)
      : null;
  return { tenant_id, rule_id: RULE, subject: { kind: 'run', id: run }, link };
}
