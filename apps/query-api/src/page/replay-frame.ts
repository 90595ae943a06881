import { type Credential } from '@affidavit/service-kit';
import { queryError } from '../query-error.ts';
import { askReplay } from '../questions/replay-question.ts';
import { type RunQuestion, type RunSources } from '../questions/run-question.ts';
import { type KeptReplay, ReplayKeeper } from './kept-replay.ts';
import { type KeptReplays } from './kept-replays.ts';
import { placeOf, type ReplayPlaces } from './view/replay-view.ts';

/** Frames that a page draws, around the one that is shown. */
const DRAWN = 240;

/**
 * One frame of a replay, with the places of those around it. The first look reads the run and is on record as a replay;
 * the frames that its links lead to are the same answer's, so they are neither read nor recorded again while it is
 * kept.
 */
export async function askFrame(
  sources: RunSources,
  kept: KeptReplays,
  asker: Credential,
  question: RunQuestion,
  number: number,
): Promise<ReplayPlaces> {
  const replay =
    (await keptReplay(sources, kept, asker, question)) ?? (await readReplay(sources, kept, asker, question));
  if (number > replay.frames) throw queryError('not_found', `the run has ${replay.frames} frames`);
  const from = Math.max(1, Math.min(number - DRAWN / 2, replay.frames - DRAWN + 1));
  const drawn = await replay.between(from, from + DRAWN - 1);
  const frame = drawn[number - from];
  if (frame === undefined) throw queryError('not_found', 'there is no such frame');
  return { runId: question.runId, frame, places: drawn.map(placeOf), from, frames: replay.frames, asOf: replay.asOf };
}

async function keptReplay(
  { ask }: RunSources,
  kept: KeptReplays,
  asker: Credential,
  { runId, asOf, reason, route }: RunQuestion,
): Promise<KeptReplay | undefined> {
  if (asOf === undefined) return undefined;
  const question = { kind: 'replay', route, filters: [], asked: { run_id: runId }, reason } as const;
  // Whether this role may read at all is asked each time, and a refusal is on record.
  return ask({ asker, question, needs: ['read_record'], continuation: true }, () => {
    const body = kept.get({ tenantId: asker.tenant_id, credentialId: asker.id, runId, asOf });
    return Promise.resolve({ body, data: null, rows: body?.frames ?? 0, as_of: asOf });
  });
}

async function readReplay(
  sources: RunSources,
  kept: KeptReplays,
  asker: Credential,
  question: RunQuestion,
): Promise<KeptReplay> {
  const keeper = new ReplayKeeper();
  await askReplay(sources, asker, question, (part) => keeper.add(part));
  const replay = await keeper.kept();
  kept.put({ tenantId: asker.tenant_id, credentialId: asker.id, runId: question.runId, asOf: replay.asOf }, replay);
  return replay;
}
