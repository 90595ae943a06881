import { type IdSet, noIds, oneId } from '../store/id-sets.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { visible } from '../store/list-table.ts';
import { sql, tableName, text, texts } from '../store/sql.ts';
import { type ActiveLink, type EndKind, type LinkKind } from './active-link.ts';
import { hop, type Hopped } from './hop.ts';

export type EntityKind = 'case' | 'user' | 'object';

/** One request looks at so many linked runs at most, and says when there were more. */
export const MAX_LINKED_RUNS = 1_000;
export const RUNS_CAP = 'linked_runs';
/**
 * Of one person, of one thing, of one case: more are a mistake, or a flood. Their keys are a parameter, which is read
 * from a URL.
 */
const MAX_SAME = 50;
const MAX_SAME_BYTES = 4_000;
/** From one account to the next: linking is pairwise, and nobody's accounts form a long chain. */
const MAX_ROUNDS = 4;

/** What a timeline shows beside its own rows, and by which links. */
export interface Followed {
  /** Keys of the timeline's table, the entity's own among them. */
  readonly keys: IdSet;
  readonly runs: IdSet;
  readonly traces: IdSet;
  /** Whether the tenant has links between effects and their confirmations. */
  readonly confirmations: boolean;
  /** By how a row comes in (`key …`, `run …`, `trace …`): the links that lead there. */
  readonly via: ReadonlyMap<string, readonly string[]>;
  readonly links: ReadonlyMap<string, ActiveLink>;
  readonly caps: readonly string[];
}

interface Plan {
  readonly endKind: EndKind;
  /**
   * Ends that are the same thing, so that each one's timeline is that of all; or that only belong together: one step.
   */
  readonly same: LinkKind;
  readonly transitive: boolean;
  readonly sameCap: string;
  readonly runs: LinkKind;
}

const plans: Readonly<Record<EntityKind, Plan>> = {
  case: { endKind: 'case', same: 'case_case', transitive: false, sameCap: 'linked_cases', runs: 'case_run' },
  user: { endKind: 'person', same: 'account_person', transitive: true, sameCap: 'linked_accounts', runs: 'run_user' },
  object: { endKind: 'object', same: 'object_alias', transitive: true, sameCap: 'linked_objects', runs: 'run_object' },
};

/** Which kinds of links there are at all for the entity: one look-up, and mostly the answer is none. */
async function kindsAt(
  { run, generation, tenantId, vector }: ReadContext,
  endKind: EndKind,
  key: string,
): Promise<ReadonlySet<string>> {
  const rows = await run<{
    readonly found: string;
  }>(sql`SELECT DISTINCT kind AS found FROM ${tableName(generation, 'link_statements')}
    WHERE tenant_id = ${text(tenantId)} AND (entry_kind, entry_key) IN ((${text(endKind)}, ${text(key)}), ('kind',
    'effect_confirmation')) AND ${visible(vector)} LIMIT 20`);
  return new Set(rows.map(({ found }) => found));
}

/** Collects what was followed, each end with the links that lead to it. */
class Trail {
  readonly via = new Map<string, readonly string[]>();
  readonly links = new Map<string, ActiveLink>();
  readonly caps = new Set<string>();

  /** `nearAs` and `farAs` are the words before the ends, as in `run r1`. An end that is there already keeps its way. */
  add({ links, capped }: Hopped, nearAs: string, farAs: string, cap: string): void {
    const found = new Map<string, Set<string>>();
    for (const link of links) {
      const way = this.via.get(`${nearAs} ${link.near}`) ?? [];
      const name = `${farAs} ${link.far}`;
      if (this.via.has(name)) continue;
      const ids = found.get(name) ?? new Set<string>();
      for (const id of [...way, link.link_id]) ids.add(id);
      found.set(name, ids);
      this.links.set(link.link_id, link);
    }
    for (const [name, ids] of found) this.via.set(name, [...ids].sort());
    if (capped) this.caps.add(cap);
  }
}

/** Null when no link leads anywhere: the timeline is then a plain list of its own table. */
export async function followLinks(context: ReadContext, entity: EntityKind, key: string): Promise<Followed | null> {
  const plan = plans[entity];
  const kinds = await kindsAt(context, plan.endKind, key);
  if (kinds.size === 0) return null;
  const trail = new Trail();
  trail.via.set(`key ${key}`, []);
  const keys = kinds.has(plan.same) ? await sameThings(context, plan, key, trail) : oneId(key);
  const runs = keys.ids.length > 1 || kinds.has(plan.runs) ? await runsOf(context, plan, keys, trail) : noIds;
  return withTraces(context, { keys, runs }, trail, kinds.has('effect_confirmation'));
}

async function withTraces(
  context: ReadContext,
  { keys, runs }: Pick<Followed, 'keys' | 'runs'>,
  trail: Trail,
  confirmations: boolean,
): Promise<Followed | null> {
  let traces = noIds;
  if (runs.ids.length > 0) {
    const hopped = await hop(context, { kind: 'trace_run', endKind: 'run', ends: runs, cap: MAX_LINKED_RUNS });
    trail.add(hopped, 'run', 'trace', 'linked_traces');
    traces = hopped.far;
  }
  if (trail.links.size === 0 && !confirmations) return null;
  return { keys, runs, traces, confirmations, via: trail.via, links: trail.links, caps: [...trail.caps] };
}

async function sameThings(context: ReadContext, plan: Plan, key: string, trail: Trail): Promise<IdSet> {
  let found = oneId(key);
  for (let round = 0; round < (plan.transitive ? MAX_ROUNDS : 1); round += 1) {
    const hopped = await hop(context, { kind: plan.same, endKind: plan.endKind, ends: found, cap: MAX_SAME });
    trail.add(hopped, 'key', 'key', plan.sameCap);
    const all = [...new Set([...found.ids, ...hopped.far.ids])];
    const fitting = fits(all);
    if (fitting.length < all.length) trail.caps.add(plan.sameCap);
    if (fitting.length === found.ids.length) break;
    found = { ids: fitting, sql: texts(fitting) };
  }
  return found;
}

function fits(keys: readonly string[]): readonly string[] {
  let bytes = 0;
  const first = keys.findIndex(
    (key, index) => (bytes += encodeURIComponent(key).length + 9) > MAX_SAME_BYTES || index >= MAX_SAME,
  );
  return first < 0 ? keys : keys.slice(0, Math.max(first, 1));
}

async function runsOf(context: ReadContext, plan: Plan, keys: IdSet, trail: Trail): Promise<IdSet> {
  const hopped = await hop(context, { kind: plan.runs, endKind: plan.endKind, ends: keys, cap: MAX_LINKED_RUNS });
  trail.add(hopped, 'key', 'run', RUNS_CAP);
  return hopped.far;
}
