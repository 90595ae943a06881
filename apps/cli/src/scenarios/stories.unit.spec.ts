import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectors, scenarios } from '@affidavit/scenarios';
import { openCredentialStore } from '@affidavit/service-kit';
import { answer, type FakeCollector, startFakeCollector } from '../../test/fake-collector.ts';
import { ensureCredentials } from '../up/first-credentials.ts';
import { Progress } from '../up/progress.ts';
import { type DataPaths, dataPaths } from '../up/up-settings.ts';
import { decideStories, tellFirstStories } from './first-stories.ts';
import { ensureStoryCredentials } from './story-credentials.ts';
import { readStoryState } from './story-state.ts';

const COUNT = scenarios.reduce((sum, { events }) => sum + events().length, 0);

let dir: string;
let paths: DataPaths;
let collector: FakeCollector;
let lines: string[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'affidavit-stories-'));
  paths = dataPaths(dir);
  collector = await startFakeCollector(null);
  lines = [];
});
afterEach(async () => {
  await collector.close();
  await rm(dir, { recursive: true });
});

/** One start of the stack, as far as stories are concerned. */
async function start({ empty = false, ownKafka = false } = {}): Promise<boolean> {
  await decideStories(paths, { empty, ownKafka });
  await ensureCredentials(paths, true);
  return tellFirstStories({
    paths,
    progress: new Progress((line) => lines.push(line)),
    collectorUrl: collector.url,
    tenant: 'default',
    empty,
    stopped: () => false,
  });
}

describe('the first start', () => {
  test('tells every story once, in order, and says so; the second start tells nothing', async () => {
    expect(await start()).toBe(true);
    expect(collector.taken).toHaveLength(COUNT);
    for (const { id, events } of scenarios) {
      const sent = collector.taken
        .map(({ event_id }) => event_id)
        .filter((event_id) => event_id.startsWith(`${id.toLowerCase()}.`));
      const late = events()
        .filter(({ time_basis }) => time_basis === 'source')
        .map(({ event_id }) => event_id);
      expect(sent).toEqual([
        ...events()
          .map(({ event_id }) => event_id)
          .filter((event_id) => !late.includes(event_id)),
        ...late,
      ]);
      expect(lines.some((line) => line.includes(id) && line.includes(`${events().length} events`))).toBe(true);
    }
    expect(await start()).toBe(true);
    expect(collector.taken).toHaveLength(COUNT);
  });

  test('with --empty there are none, nor at the next start without it', async () => {
    expect(await start({ empty: true })).toBe(false);
    expect(await start()).toBe(false);
    expect(collector.posts()).toBe(0);
  });

  test("neither a Kafka of the user's own nor a directory that was there before gets stories", async () => {
    expect(await start({ ownKafka: true })).toBe(false);
    await rm(paths.scenarios);
    expect(await start()).toBe(false);
    expect(collector.posts()).toBe(0);
  });

  test('cut off or refused, it says so, the stack goes on, and the next start tells them', async () => {
    collector.refuseType = 'retrieval.performed';
    expect(await start()).toBe(false);
    expect(lines.at(-1)).toMatch(
      /not told, everything else runs: The collector refuses event t0\d\.[^ ]+ of story T0\d: event_type_not_allowed/,
    );
    collector.refuseType = '';
    expect(await start()).toBe(true);
    expect(new Set(collector.taken.map(({ event_id }) => event_id)).size).toBe(COUNT);
  });

  test('a collector that knows no token is one line, not a crash', async () => {
    collector.disturb = (_post, response) => {
      answer(response, 401, { code: 'unauthenticated' });
      return true;
    };
    expect(await start()).toBe(false);
    expect(lines.at(-1)).toContain('does not know the token');
  });
});

describe('the connectors of the stories', () => {
  const files = () => ({ state: paths.scenarios, store: paths.credentialStore });

  test('have a credential each, as narrow as the connector, made once and for the owner alone', async () => {
    const first = await ensureStoryCredentials(files(), 'default');
    const store = openCredentialStore(paths.credentialStore);
    for (const { connector_id, sources, event_types, max_evidence_grade } of connectors) {
      expect(store.verify(first.tokens.get(connector_id) ?? '')).toMatchObject({
        role: 'connector',
        tenant_id: 'default',
        connector_id,
        sources,
        event_types,
        max_evidence_grade,
      });
    }
    expect((await stat(paths.scenarios)).mode & 0o777).toBe(0o600);
    expect(await ensureStoryCredentials(files(), 'default')).toEqual({ ...first, made: false });
    expect((await readStoryState(paths.scenarios))?.wanted).toBe(false);
  });

  test('revoked stay revoked', async () => {
    const token = (await ensureStoryCredentials(files(), 'default')).tokens.get('sap-feed') ?? '';
    await openCredentialStore(paths.credentialStore).revoke(token.split('_')[1] ?? '');
    expect((await ensureStoryCredentials(files(), 'default')).tokens.get('sap-feed')).toBe(token);
  });
});
