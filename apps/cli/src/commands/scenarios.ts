import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { collectorAccess, credentialStoreFile, dataDirectory } from '../import/collector-access.ts';
import { ensureStoryCredentials } from '../scenarios/story-credentials.ts';
import { changeStoryState } from '../scenarios/story-state.ts';
import { tellStories } from '../scenarios/tell-stories.ts';
import { runCommand } from './run-command.ts';

/** Running services look at the credentials four times a second. */
const UNTIL_KNOWN_MS = 1_000;
const PATIENCE_MS = 120_000;
const TENANT = 'default';

export function registerScenarios(program: Command): void {
  program
    .command('scenarios')
    .description(
      'tell the example stories (libs/scenarios/README.md) to the stack that runs on AFFIDAVIT_DATA; told twice, they are ' +
        'there once',
    )
    .action(() => runCommand(tell));
}

async function tell(): Promise<number> {
  const directory = dataDirectory(process.env);
  // Whose stack it is: the connectors' credentials are made in its store, so it must be this machine's.
  const { url } = await collectorAccess({ dataDirectory: directory, env: process.env });
  const state = join(directory, 'scenarios.json');
  const { tokens, made } = await ensureStoryCredentials({ state, store: credentialStoreFile(process.env) }, TENANT);
  if (made) await sleep(UNTIL_KNOWN_MS);
  const told = await tellStories({
    url,
    tokens,
    patienceMs: PATIENCE_MS,
    fetch: (address, init) => fetch(address, init),
    sleep: async (ms) => void (await sleep(ms)),
    now: () => Date.now(),
    onWait: (why, ms) => process.stderr.write(`the collector asks to wait ${(ms / 1_000).toFixed(1)} s: ${why}\n`),
    onStory: ({ id, title }, events) => process.stderr.write(`${id} ${title}: ${events} events\n`),
  });
  await changeStoryState(state, { loaded_at: new Date().toISOString(), events: told.events });
  const again =
    told.duplicates > 0 ? `, ${told.duplicates} of them known to be in the log already; readers see each once` : '';
  process.stdout.write(`Told ${told.stories} stories: ${told.events} events acknowledged${again}.\n`);
  return 0;
}
