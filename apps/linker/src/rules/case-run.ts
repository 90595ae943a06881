import { type Finding, type RunFacts } from './rule.ts';

const RULE = 'case_run/1';

/**
 * A run of which some events name one case, and only one, belongs to it with all its steps. Of a run that works through
 * several cases nobody can tell which step was for which.
 */
export function caseRun({ tenant_id, run, cases, without_case }: RunFacts): Finding {
  const [only, ...more] = cases;
  const link =
    only !== undefined && more.length === 0 && without_case > 0
      ? ({ kind: 'case_run', from: { kind: 'case', id: only }, to: { kind: 'run', id: run }, confidence: 0.9 } as const)
      : null;
  return { tenant_id, rule_id: RULE, subject: { kind: 'run', id: run }, link };
}
