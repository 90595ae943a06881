import { type Finding, type TraceFacts } from './rule.ts';

const RULE = 'trace_run/1';

/** Spans of a trace that name no run belong to the run that other spans of it name, when that is one. */
export function traceRun({ tenant_id, trace, runs, without_run }: TraceFacts): Finding {
  const [only, ...more] = runs;
  const link =
    only !== undefined && more.length === 0 && without_run > 0
      ? ({
          kind: 'trace_run',
          from: { kind: 'trace', id: trace },
          to: { kind: 'run', id: only },
          confidence: 0.95,
        } as const)
      : null;
  return { tenant_id, rule_id: RULE, subject: { kind: 'trace', id: trace }, link };
}
