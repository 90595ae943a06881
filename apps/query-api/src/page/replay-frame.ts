import { type Credential } from '@affidavit/service-kit';
import { queryError } from '../query-error.ts';
import { askReplay } from '../questions/replay-question.ts';
import { type RunQuestion, type RunSources } from '../questions/run-question.ts';
import { type Frame } from '../runs/frames.ts';
import { type FramePlace, placeOf, type ReplayPlaces } from './view/replay-view.ts';

/** Places that a page draws; of a longer run it draws those up to here. */
const MAX_PLACES = 5_000;

/** One frame of a replay, with the places of the others. Frames are made from record, so the same number is the same frame while `as_of` stays. */
export async function askFrame(sources: RunSources, asker: Credential, question: RunQuestion, number: number): Promise<ReplayPlaces> {
  const { footer, lines } = await askReplay(sources, asker, question);
  if (number > footer.frames) throw queryError('not_found', `the run has ${footer.frames} frames`);
  const places: FramePlace[] = [];
  let asOf = '';
  let wanted: Frame | null = null;
  let seen = 0;
  for await (const part of lines()) {
    for (const line of part.split('\n')) {
      if (line === '') continue;
      if (seen >= MAX_PLACES && seen + 1 !== number && !line.startsWith('{"type":"header"')) { seen += 1; continue; }
      const parsed = JSON.parse(line) as Frame | { readonly type: 'header'; readonly as_of: string } | { readonly type: 'footer' };
      if (parsed.type === 'header') asOf = parsed.as_of;
      if (parsed.type !== 'frame') continue;
      seen += 1;
      if (places.length < MAX_PLACES) places.push(placeOf(parsed));
      if (parsed.frame === number) wanted = parsed;
    }
    if (wanted !== null && places.length >= Math.min(MAX_PLACES, footer.frames)) break;
  }
  if (wanted === null) throw queryError('not_found', 'there is no such frame');
  return { runId: question.runId, frame: wanted, places, frames: footer.frames, asOf };
}
