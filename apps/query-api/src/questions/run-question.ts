import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Credential } from '@affidavit/service-kit';
import { encodeAsOf } from '../reading/as-of.ts';
import { type Completeness } from '../reading/completeness.ts';
import { type ListOf, type Standpoint } from '../reading/list-question.ts';
import { completenessOfAll, readAll, ROWS_CAP } from '../reading/read-all.ts';
import { standAt } from '../reading/standpoint.ts';
import { queryError } from '../query-error.ts';
import { asRunRows, type RunRow } from '../runs/row.ts';
import { runAnswer, type RunAnswer } from '../runs/run-answer.ts';
import { inTurns } from '../runs/turns.ts';
import { type RunQuery } from '../store/engine.ts';
import { findRun, runList } from '../store/run-reads.ts';
import { type Ask } from './ask.ts';

export interface RunSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly ask: Ask;
}

export interface RunQuestion {
  readonly runId: string;
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

/** A run of 10,000 steps has two or three times as many events. */
export const MAX_RUN_EVENTS = 40_000;

export interface WholeRun {
  readonly list: ListOf;
  readonly rows: readonly RunRow[];
  readonly completeness: Completeness;
}

/** Throws `not_found` for a run that the tenant has nothing of. */
export async function findRunList({ context }: Standpoint, runId: string): Promise<ListOf> {
  const scope = await findRun(context, runId);
  if (scope === null) throw queryError('not_found', 'there is no such run');
  return runList(context, scope);
}

export async function readRun(standpoint: Standpoint, runId: string, cap = MAX_RUN_EVENTS): Promise<WholeRun> {
  const list = await findRunList(standpoint, runId);
  const { rows, capped } = await readAll(standpoint.context, list, { cap });
  // Records of the run may all be copies of events that began elsewhere: their first copies are in that other run.
  if (rows.length === 0) throw queryError('not_found', 'there is no such run');
  return { list, rows: asRunRows(rows), completeness: await completenessOfAll(standpoint, list, {}, capped ? [ROWS_CAP] : []) };
}

export type RunBody = RunAnswer & { readonly as_of: string; readonly completeness: Completeness };

/** The whole of a run: what it was, who acted, its course as a tree, what is recorded of it and what is not. */
export async function askRun({ run, generation, ask }: RunSources, asker: Credential, { runId, asOf, reason, route }: RunQuestion): Promise<RunBody> {
  const question = { kind: 'run', route, filters: [], asked: { run_id: runId }, reason } as const;
  return ask({ asker, question, needs: ['read_record'], continuation: false }, async () => {
    const standpoint = await standAt(run, generation, asker.tenant_id, asOf);
    const { rows, completeness } = await readRun(standpoint, runId);
    const { answer, caps } = await inTurns(runAnswer(rows, runId, completeness), nextTurn);
    const as_of = encodeAsOf(standpoint.asOf);
    return { body: { ...answer, as_of, completeness: withCaps(completeness, caps) }, data: answer, rows: rows.length, as_of };
  });
}

/** A bound that shows only once the answer is put together. */
export const withCaps = (completeness: Completeness, caps: readonly string[]): Completeness =>
  caps.length === 0 ? completeness : { ...completeness, no_known_gaps: false, cap_reached: true, caps: [...completeness.caps, ...caps] };
