import { type Finding, type RunFacts } from './rule.ts';

const RULE = 'run_session/1';

/**
 * Agents often name the conversation on their first event only: the others of the run are in it, too, when it is the
 * only one.
 */
export function runSession({ tenant_id, run, sessions, without_session }: RunFacts): Finding {
  const [only, ...more] = sessions;
  const link =
    only !== undefined && more.length === 0 && without_session > 0
      ? ({
          kind: 'run_session',
          from: { kind: 'run', id: run },
          to: { kind: 'session', id: only },
          confidence: 0.95,
        } as const)
      : null;
  return { tenant_id, rule_id: RULE, subject: { kind: 'run', id: run }, link };
}
