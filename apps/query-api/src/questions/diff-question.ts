import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Credential } from '@affidavit/service-kit';
import { CONTENT_TOPIC, encodeAsOf } from '../reading/as-of.ts';
import { type Completeness, withCaps } from '../reading/completeness.ts';
import { type Standpoint, takeStandpoint } from '../reading/list-question.ts';
import { type ActiveLink } from '../links/active-link.ts';
import { linksNamed } from '../links/run-list.ts';
import { type Diff, diffOf } from '../runs/diff.ts';
import { diffSteps, type DiffStep } from '../runs/diff-steps.ts';
import { type Digests } from '../runs/evidence.ts';
import { headerOf, type RunHeader } from '../runs/run-header.ts';
import { inTurns } from '../runs/turns.ts';
import { type ContentSearch } from '../search/words.ts';
import { type ProjectionState, readProjectionState } from '../store/projection-state.ts';
import { may } from './access.ts';
import { readRun, type RunQuestion, type RunSources } from './run-question.ts';

export interface DiffSources extends RunSources {
  readonly content: ContentSearch;
}

export interface DiffQuestion extends RunQuestion {
  readonly otherId: string;
}

/** Of each run; aligning takes the product of both. */
export const MAX_DIFF_STEPS = 10_000;
/** Bodies that are compared at most, of both runs. */
const MAX_BODIES = 6_000;

type SideHeader = Pick<
  RunHeader,
  'run_id' | 'task_id' | 'status' | 'started_at' | 'duration_ms' | 'models' | 'policies' | 'usage' | 'counts'
> & { readonly links?: readonly ActiveLink[]; readonly completeness: Completeness };

export interface DiffBody extends Diff {
  readonly a: SideHeader;
  readonly b: SideHeader;
  /** Whether bodies were compared; if not, why. */
  readonly content_compared: boolean;
  readonly content_reason: string | null;
  readonly as_of: string;
}

/** Two runs side by side: which steps they share, where they first part. */
export async function askDiff(
  sources: DiffSources,
  asker: Credential,
  { runId, otherId, asOf, reason, route }: DiffQuestion,
): Promise<DiffBody> {
  const question = {
    kind: 'diff',
    route,
    filters: [],
    asked: { run_id: runId, other_run_id: otherId },
    reason,
  } as const;
  return sources.ask({ asker, question, needs: ['read_record'], continuation: false }, async () => {
    const mayCompare = may(asker.role, 'search_content');
    const standpoint = await standBoth(sources, asker.tenant_id, asOf, mayCompare);
    const a = await side(standpoint, runId);
    const b = runId === otherId ? a : await side(standpoint, otherId);
    const { digests, capped } = await digestsOf(sources, standpoint, mayCompare, [...a.steps, ...b.steps]);
    const diff = await diffOf(a.steps, b.steps, digests, nextTurn);
    const caps = capped ? ['bodies_compared'] : [];
    const data = {
      a: { ...a.header, completeness: withCaps(a.completeness, caps) },
      b: { ...b.header, completeness: withCaps(b.completeness, caps) },
      ...diff,
      content_compared: digests.of !== null,
      content_reason: digests.of === null ? digests.why : null,
    };
    const as_of = encodeAsOf(standpoint.asOf);
    return { body: { ...data, as_of }, data: diff, rows: diff.entries.length, as_of };
  });
}

/** Content first: it is acknowledged before the event that names it. */
async function standBoth(
  { run, generation, content }: DiffSources,
  tenantId: string,
  asOf: string | undefined,
  withContent: boolean,
): Promise<Standpoint> {
  const bodies = withContent ? await content.state() : null;
  const state = await readProjectionState(run, generation);
  const both: ProjectionState =
    bodies === null
      ? state
      : {
          ...state,
          asOf: { ...state.asOf, vector: { ...state.asOf.vector, ...bodies.vector } },
          topics: [...state.topics, ...bodies.topics],
        };
  return takeStandpoint(run, both, tenantId, { limit: 1, from: null, to: null, asOf, cursor: undefined }, {});
}

async function side(
  standpoint: Standpoint,
  runId: string,
): Promise<{ steps: readonly DiffStep[]; header: Omit<SideHeader, 'completeness'>; completeness: Completeness }> {
  const { list, rows, completeness } = await readRun(standpoint, runId);
  const all = diffSteps(rows);
  const { run_id, task_id, status, started_at, duration_ms, models, policies, usage, counts } = await inTurns(
    headerOf(rows, runId),
    nextTurn,
  );
  return {
    steps: all.slice(0, MAX_DIFF_STEPS),
    header: {
      run_id,
      task_id,
      status,
      started_at,
      duration_ms,
      models,
      policies,
      usage,
      counts,
      links: linksNamed(list, rows),
    },
    completeness: withCaps(completeness, all.length > MAX_DIFF_STEPS ? ['steps'] : []),
  };
}

/** Who may not look for words in bodies may not learn whether two are equal either. */
async function digestsOf(
  { content }: DiffSources,
  { context, asOf }: Standpoint,
  mayCompare: boolean,
  steps: readonly DiffStep[],
): Promise<{ digests: Digests; capped: boolean }> {
  if (!mayCompare) return { digests: { of: null, why: 'role_may_not_read_content' }, capped: false };
  if (!Object.hasOwn(asOf.vector, CONTENT_TOPIC))
    return { digests: { of: null, why: 'as_of_without_content' }, capped: false };
  const ids = [
    ...new Set(
      steps
        .flatMap((step) => [...step.arguments.bodies, ...step.result.bodies])
        .filter(({ whole }) => whole)
        .map(({ content_id }) => content_id),
    ),
  ];
  const of = await content.digests(context.tenantId, ids.slice(0, MAX_BODIES), asOf.vector);
  return { digests: { of, why: 'body_not_available' }, capped: ids.length > MAX_BODIES };
}
