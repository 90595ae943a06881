import { inWindows, type Window } from '../log/window.ts';
import { type Read } from './engine.ts';

/** What new records are about, by tenant. */
export interface Touched {
  readonly tenant_id: string;
  readonly runs: readonly string[];
  readonly traces: readonly string[];
  /** Effects and confirmations. */
  readonly effects: readonly string[];
}

export const EFFECT_TYPES = [
  'object.changed',
  'object.change.confirmed',
  'object.change.reverted',
  'message.sent',
  'process.triggered',
];

/**
 * Statements of rules touch their ends as well: a finding of before may have been said after it had changed, and
 * whoever said it may have been killed since. A retraction names its link alone, whose ends stand in what was said of
 * it before.
 */
export async function touchedBy(
  read: Read,
  generation: string,
  windows: readonly Window[],
): Promise<readonly Touched[]> {
  const { sql, parameters } = inWindows(windows);
  const byEvents = await read<Touched>(
    `SELECT tenant_id,
      arrayFilter(id -> id != '', groupUniqArrayArray([if(root_run_id != '', root_run_id, run_id),
      if(\`link.from_kind\` = 'run', \`link.from_id\`, ''), if(\`link.to_kind\` = 'run', \`link.to_id\`, '')])) AS runs,
      arrayFilter(id -> id != '', groupUniqArrayArray([trace_id, if(\`link.from_kind\` = 'trace', \`link.from_id\`,
      '')])) AS traces,
      arrayFilter(id -> id != '', groupUniqArrayArray([if(event_type IN {effect_types:Array(String)}, event_key, ''),
      if(\`link.kind\` = 'effect_confirmation', \`link.to_id\`, '')])) AS effects
    FROM ${generation}.events WHERE ${sql} AND (run_id != '' OR root_run_id != '' OR trace_id != ''
    OR event_type IN {effect_types:Array(String)} OR (event_type = 'link.asserted' AND \`link.basis\` = 'rule'))
    GROUP BY tenant_id ORDER BY tenant_id`,
    { ...parameters, effect_types: EFFECT_TYPES },
  );
  const byRetractions = await read<Touched>(
    `SELECT tenant_id,
      arrayFilter(id -> id != '', groupUniqArrayArray([if(from_kind = 'run', from_key, ''), if(to_kind = 'run', to_key,
      '')])) AS runs,
      groupUniqArrayIf(from_key, from_kind = 'trace') AS traces, groupUniqArrayIf(to_key, kind = 'effect_confirmation') AS effects
    FROM ${generation}.link_statements WHERE entry_kind = 'link' AND asserted AND rule_id != ''
      AND (tenant_id, entry_key) IN (SELECT tenant_id, \`link.link_id\` FROM ${generation}.events WHERE ${sql}
      AND event_type = 'link.retracted' AND \`link.basis\` = 'rule')
    GROUP BY tenant_id ORDER BY tenant_id`,
    parameters,
  );
  return merged([...byEvents, ...byRetractions]);
}

function merged(all: readonly Touched[]): readonly Touched[] {
  const union = (a: readonly string[], b: readonly string[] = []): readonly string[] => [...new Set([...a, ...b])];
  const byTenant = new Map<string, Touched>();
  for (const { tenant_id, runs, traces, effects } of all) {
    const known = byTenant.get(tenant_id);
    byTenant.set(tenant_id, {
      tenant_id,
      runs: union(runs, known?.runs),
      traces: union(traces, known?.traces),
      effects: union(effects, known?.effects),
    });
  }
  return [...byTenant.values()];
}
