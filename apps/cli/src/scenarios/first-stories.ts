import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../import/user-error.ts';
import { readJsonFile } from '../up/private-file.ts';
import type { Progress } from '../up/progress.ts';
import type { DataPaths } from '../up/up-settings.ts';
import { changeStoryState, readStoryState } from './story-state.ts';
import { ensureStoryCredentials } from './story-credentials.ts';
import { tellStories } from './tell-stories.ts';

/** Long enough for a machine that is busy with its first start, short enough not to be taken for a hang. */
const PATIENCE_MS = 60_000;

/**
 * Decided once, at the very first start in a data directory: a directory with events of somebody's own never gets
 * stories later. Nor does a Kafka of the user's own: what is in its log stays there. Call it before the first
 * credentials are made.
 */
export async function decideStories(
  paths: DataPaths,
  options: { readonly empty: boolean; readonly ownKafka: boolean },
): Promise<void> {
  if ((await readStoryState(paths.scenarios)) !== undefined || (await readJsonFile(paths.credentials)) !== undefined)
    return;
  await changeStoryState(paths.scenarios, { wanted: !options.empty && !options.ownKafka });
}

export interface FirstStories {
  readonly paths: DataPaths;
  readonly progress: Progress;
  readonly collectorUrl: string;
  readonly tenant: string;
  readonly empty: boolean;
  readonly stopped: () => boolean;
}

/**
 * Tells the stories when they are wanted and not told yet; cut off, the next start tells them again under the same ids.
 * Answers whether they are in the log. A failure stops nobody from working: it is one line.
 */
export async function tellFirstStories({
  paths,
  progress,
  collectorUrl,
  tenant,
  empty,
  stopped,
}: FirstStories): Promise<boolean> {
  const state = await readStoryState(paths.scenarios);
  if (state?.loaded_at !== undefined) return true;
  if (state?.wanted !== true || empty || stopped()) return false;
  try {
    const { tokens, made } = await ensureStoryCredentials(
      { state: paths.scenarios, store: paths.credentialStore },
      tenant,
    );
    if (made) await sleep(1_000);
    progress.step('the first start here: telling the example stories (npm start -- --empty leaves them out)');
    const told = await tellStories({
      url: collectorUrl,
      tokens,
      patienceMs: PATIENCE_MS,
      fetch: (url, init) => fetch(url, init),
      sleep: async (ms) => void (await sleep(ms)),
      now: () => Date.now(),
      onWait: (why, ms) => progress.step(`the collector asks to wait ${(ms / 1_000).toFixed(1)} s: ${why}`),
      onStory: ({ id, title }, events) => progress.step(`  ${id} ${title}: ${events} events`),
    });
    await changeStoryState(paths.scenarios, { loaded_at: new Date().toISOString(), events: told.events });
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    progress.step(`the stories are not told, everything else runs: ${error.message}`);
    return false;
  }
}
