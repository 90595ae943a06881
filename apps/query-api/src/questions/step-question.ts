import { type Credential } from '@affidavit/service-kit';
import { type ActiveLink } from '../links/active-link.ts';
import { encodeAsOf } from '../reading/as-of.ts';
import { type Completeness, withCaps } from '../reading/completeness.ts';
import { type Standpoint } from '../reading/list-question.ts';
import { completenessOfAll } from '../reading/read-all.ts';
import { standAt } from '../reading/standpoint.ts';
import { queryError } from '../query-error.ts';
import { type RunRow } from '../runs/row.ts';
import { stepParts, type StepParts } from '../runs/step-parts.ts';
import { linkedEnds } from '../store/confirmation-reads.ts';
import { type Ask } from './ask.ts';
import { type ChosenStep, type StepCandidate } from './choose-step.ts';
import { type RunSources } from './run-question.ts';
import { type WhatFollowed, whatFollowed } from './step-next.ts';
import { findStep, type LinkedEnds, readStep } from './step-rows.ts';

export interface StepQuestion {
  readonly id: string;
  /**
   * Whose, when several have the id: a run's; outside of runs a session's, or a stream's where no session is named. One
   * of them.
   */
  readonly runId: string | undefined;
  readonly sessionId?: string | undefined;
  readonly streamId?: string | undefined;
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

export interface StepBody extends Omit<StepParts, 'answered'> {
  readonly what_happened_next: WhatFollowed & {
    /** What systems of record and reviewers said of it. */
    readonly answered: readonly RunRow[];
  };
  /** Other things that have the same id, of which nobody says that they are this one. */
  readonly elsewhere?: readonly StepCandidate[];
  /** The links by which rows are here, as they stood then. */
  readonly links?: readonly ActiveLink[];
  readonly as_of: string;
  readonly completeness: Completeness;
}

/** One step in four parts: attempted, allowed, did, what happened next; and whether they agree. */
export async function askStep(
  { run, generation, ask }: { run: RunSources['run']; generation: string; ask: Ask },
  asker: Credential,
  { id, asOf, reason, route, ...scope }: StepQuestion,
): Promise<StepBody> {
  const { runId, sessionId, streamId } = scope;
  const named = Object.entries({ run_id: runId, session_id: sessionId, stream_id: streamId }).filter(
    ([, value]) => value !== undefined,
  );
  const question = {
    kind: 'step',
    route,
    filters: named.map(([name]) => name),
    asked: { id, ...Object.fromEntries(named) },
    reason,
  } as const;
  return ask({ asker, question, needs: ['read_record'], continuation: false }, async () => {
    if (named.length > 1) throw queryError('invalid_parameter', 'name a run, a session or a stream: one of them');
    const standpoint = await standAt(run, generation, asker.tenant_id, asOf);
    const ends = await linkedEnds(standpoint.context);
    const chosen = await findStep(standpoint.context, id, { runId, sessionId, streamId }, ends);
    const { body, completeness } = await answer(standpoint, chosen, ends);
    const as_of = encodeAsOf(standpoint.asOf);
    return { body: { ...body, as_of, completeness }, data: body, rows: countOf(body), as_of };
  });
}

async function answer(
  standpoint: Standpoint,
  { step, elsewhere }: ChosenStep,
  ends: LinkedEnds,
): Promise<{ body: Omit<StepBody, 'as_of' | 'completeness'>; completeness: Completeness }> {
  const read = await readStep(standpoint, step, step.id, ends);
  // An effect or an event is one thing wherever it is; a call or a step is that of its scope.
  const parts = stepParts(read.rows, step.id, step.kind, { scope: step, confirming: read.confirming });
  if (parts === null) throw queryError('not_found', 'there is no such step, call, effect or event');
  const { answered, ...rest } = parts;
  const own = [...parts.attempted.events, ...parts.allowed.events, ...parts.did.events, ...answered];
  const [{ next, caps }, completeness] = await Promise.all([
    whatFollowed(standpoint, read, own, new Set(answered)),
    completenessOfAll(standpoint, read.list, {}, read.caps),
  ]);
  const named = [...new Set([...own, ...next.next_in_run].flatMap(({ via }) => via ?? []))].sort();
  const body = {
    ...rest,
    what_happened_next: { answered, ...next },
    elsewhere,
    links: named.flatMap((link) => read.links.get(link) ?? []),
  };
  return { body, completeness: withCaps(completeness, caps) };
}

const countOf = ({
  attempted,
  allowed,
  did,
  what_happened_next: { answered },
}: Omit<StepBody, 'as_of' | 'completeness'>): number =>
  attempted.events.length + allowed.events.length + did.events.length + answered.length;
