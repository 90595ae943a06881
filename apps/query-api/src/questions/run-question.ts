import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Credential } from '@affidavit/service-kit';
import { type ActiveLink } from '../links/active-link.ts';
import { linksNamed, type RunList, runList } from '../links/run-list.ts';
import { encodeAsOf } from '../reading/as-of.ts';
import { type Completeness, withCaps } from '../reading/completeness.ts';
import { type Standpoint } from '../reading/list-question.ts';
import { completenessOfAll, readAll, ROWS_CAP } from '../reading/read-all.ts';
import { standAt } from '../reading/standpoint.ts';
import { queryError } from '../query-error.ts';
import { asRunRows, type RunRow } from '../runs/row.ts';
import { runAnswer, type RunAnswer } from '../runs/run-answer.ts';
import { inTurns } from '../runs/turns.ts';
import { type RunQuery } from '../store/engine.ts';
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
  readonly list: RunList;
  readonly rows: readonly RunRow[];
  readonly completeness: Completeness;
}

/** Throws `not_found` for a run that the tenant has nothing of. */
export async function findRunList({ context }: Standpoint, runId: string): Promise<RunList> {
  const list = await runList(context, runId);
  if (list === null) throw queryError('not_found', 'there is no such run');
  return list;
}

export async function readRun(standpoint: Standpoint, runId: string, cap = MAX_RUN_EVENTS): Promise<WholeRun> {
  const list = await findRunList(standpoint, runId);
  const [{ rows, capped }, completeness] = await Promise.all([
    readAll(standpoint.context, list, { cap }),
    completenessOfAll(standpoint, list, {}, []),
  ]);
  // Records of the run may all be copies of events that began elsewhere: their first copies are in that other run.
  if (rows.length === 0) throw queryError('not_found', 'there is no such run');
  return {
    list,
    rows: asRunRows(rows).map(list.dressRow),
    completeness: withCaps(completeness, capped ? [ROWS_CAP] : []),
  };
}

export type RunBody = RunAnswer & {
  readonly links?: readonly ActiveLink[];
  readonly as_of: string;
  readonly completeness: Completeness;
};

/** The whole of a run: what it was, who acted, its course as a tree, what is recorded of it and what is not. */
export async function askRun(
  { run, generation, ask }: RunSources,
  asker: Credential,
  { runId, asOf, reason, route }: RunQuestion,
): Promise<RunBody> {
  const question = { kind: 'run', route, filters: [], asked: { run_id: runId }, reason } as const;
  return ask({ asker, question, needs: ['read_record'], continuation: false }, async () => {
    const standpoint = await standAt(run, generation, asker.tenant_id, asOf);
    const { list, rows, completeness } = await readRun(standpoint, runId);
    const { answer, caps } = await inTurns(runAnswer(rows, runId, completeness, list), nextTurn);
    const as_of = encodeAsOf(standpoint.asOf);
    const data = { ...answer, links: linksNamed(list, rows) };
    return { body: { ...data, as_of, completeness: withCaps(completeness, caps) }, data, rows: rows.length, as_of };
  });
}
