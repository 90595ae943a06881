import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answer, type FakeCollector, startFakeCollector } from '../../test/fake-collector.ts';
import { retailMapping, Workplace } from '../../test/transcripts.ts';
import { type ImportResult } from './import-files.ts';

let collector: FakeCollector;
let place: Workplace;
beforeEach(async () => {
  collector = await startFakeCollector();
  place = new Workplace();
});
afterEach(async () => {
  await collector.close();
  place.remove();
});

function summaryOf(result: ImportResult) {
  if (result.kind !== 'done') throw new Error(result.kind);
  return result.summary;
}
const distinct = (): number => new Set(collector.taken.map((event) => event.event_id)).size;

describe('an import', () => {
  test('sends every run whole and in order, and counts what it did', async () => {
    const summary = summaryOf(await place.import(collector));
    expect(summary).toMatchObject({
      runs: 3,
      runs_sent: 3,
      runs_failed: 1,
      events: 53,
      events_accepted: 53,
      events_duplicate: 0,
      refused: [],
      findings: { unknown_tool: { count: 1, subjects: { weigh_parcel: 1 } } },
    });
    expect(collector.taken).toHaveLength(53);
    const first = collector.taken.filter((event) => event.run_id === 'demo/0/0').map((event) => event.event_type);
    expect([first[0], first.at(-1)]).toEqual(['run.started', 'run.completed']);
    expect(summary.events_by_type['run.failed']).toBe(1);
  });

  test('keeps the order within each run over many requests at once', async () => {
    const file = place.runs(40, 120);
    summaryOf(await place.import(collector, { files: [file] }));
    expect(collector.posts()).toBeGreaterThan(5);
    for (let task = 0; task < 40; task += 1) {
      const places = collector.taken
        .filter((event) => event.run_id === `demo/${String(task)}/0`)
        .map((event) => event.event_id.split('/')[3]);
      expect(places).toEqual([
        'start',
        ...Array.from({ length: 80 }, (_, index) =>
          index % 2 === 0 ? [String(index)] : [String(index), String(index)],
        ).flat(),
        'end',
      ]);
    }
  });

  test('repeated says so and sends nothing; again sends the same ids', async () => {
    await place.import(collector);
    expect(await place.import(collector)).toMatchObject({ kind: 'nothing_to_do', runs: 3, events: 53 });
    expect(collector.taken).toHaveLength(53);
    expect(summaryOf(await place.import(collector, { again: true }))).toMatchObject({
      events_accepted: 53,
      events_duplicate: 53,
    });
    expect([collector.taken.length, distinct()]).toEqual([106, 53]);
  });

  test('cut off goes on where it stopped', async () => {
    const file = place.runs(60);
    collector.disturb = ({ number }, response) => {
      if (number < 4) return false;
      response.destroy();
      return true;
    };
    await expect(place.import(collector, { files: [file], patienceMs: 0 })).rejects.toThrow(
      /run the same command again: it goes on/,
    );
    const before = collector.taken.length;
    expect(before).toBeGreaterThan(0);
    collector.disturb = () => false;
    const summary = summaryOf(await place.import(collector, { files: [file] }));
    expect(summary.runs_already_imported).toBeGreaterThan(0);
    expect(summary.runs_already_imported + summary.runs_sent).toBe(60);
    expect(distinct()).toBe(summary.events);
    expect(collector.taken.length).toBe(summary.events);
  });

  test('persisted but reported as failed: the retry sends the same ids', async () => {
    collector.disturb = ({ number, events }, response) => {
      if (number > 1) return false;
      collector.taken.push(...events);
      response.destroy();
      return true;
    };
    const summary = summaryOf(await place.import(collector));
    expect([distinct(), summary.events, collector.taken.length]).toEqual([53, 53, 106]);
  });

  test('waits as long as the collector asks, then goes on', async () => {
    collector.disturb = ({ number }, response) => {
      if (number > 2) return false;
      answer(response, number === 1 ? 503 : 429, { code: 'log_unavailable' }, { 'retry-after': '3' });
      return true;
    };
    expect(summaryOf(await place.import(collector)).events_accepted).toBe(53);
    expect(place.waits).toEqual([3_000, 3_000]);
    expect(place.said.join('')).toContain('log_unavailable');
  });

  test('gives up with a sentence when its patience is over', async () => {
    collector.disturb = (_, response) => {
      answer(response, 503, { code: 'log_unavailable' });
      return true;
    };
    await expect(place.import(collector, { patienceMs: 10_000 })).rejects.toThrow(
      /has taken nothing for 10 s: it answers 503 \(log_unavailable\)/,
    );
  });

  test('sends again only what is worth it, and reports what was refused with its place', async () => {
    collector.refuseType = 'link.asserted';
    collector.disturb = ({ number, events }, response) => {
      if (number > 1) return false;
      // The first three are taken: what is sent again has other indexes than before.
      collector.taken.push(...events.slice(0, 3));
      const errors = events.slice(3).map((event, index) => ({
        index: index + 3,
        event_id: event.event_id,
        code: 'log_full',
        message: 'later',
        retryable: true,
      }));
      answer(response, 207, {
        accepted: 3,
        rejected: errors.length,
        receipts: [{ index: 0 }, { index: 1 }, { index: 2 }],
        errors,
      });
      return true;
    };
    const summary = summaryOf(await place.import(collector));
    expect(summary.refused).toEqual([
      expect.objectContaining({
        record_index: 0,
        run_id: 'demo/0/0',
        event_type: 'link.asserted',
        code: 'event_type_not_allowed',
        path: '/event_type',
      }),
      expect.objectContaining({ record_index: 1, run_id: 'demo/1/0', event_id: 'retail-agent:demo/1/0/5/link/1/0' }),
    ]);
    expect(summary.events_accepted).toBe(51);
    // What was refused is tried again next time; the run that was taken whole is not.
    collector.refuseType = '';
    expect(summaryOf(await place.import(collector))).toMatchObject({
      runs_already_imported: 1,
      runs_sent: 2,
      refused: [],
    });
    expect(distinct()).toBe(53);
  });

  test('halves a request that is too large', async () => {
    collector.disturb = ({ events }, response) => {
      if (events.length <= 10) return false;
      answer(response, 413, { code: 'body_too_large' });
      return true;
    };
    expect(summaryOf(await place.import(collector)).events_accepted).toBe(53);
    expect(distinct()).toBe(53);
  });

  test('an event too large for any request is refused, the others are not', async () => {
    collector.disturb = ({ events }, response) => {
      if (!events.some((event) => event.event_type === 'escalation.raised')) return false;
      answer(response, 413, { code: 'body_too_large' });
      return true;
    };
    const summary = summaryOf(await place.import(collector));
    expect(summary.events_accepted).toBe(52);
    expect(summary.refused).toEqual([
      expect.objectContaining({ event_type: 'escalation.raised', code: 'body_too_large', record_index: 1 }),
    ]);
  });

  test('an answer that does not account for every event is no acknowledgement', async () => {
    collector.disturb = (_, response) => {
      answer(response, 200, { accepted: 1, receipts: [{ index: 0 }], errors: [] });
      return true;
    };
    await expect(place.import(collector)).rejects.toThrow(/accounts for another number of events/);
  });
});

describe('before anything is sent', () => {
  const nothingSent = () => expect(collector.posts()).toBe(0);

  test('two records of one run id are refused', async () => {
    const twice = place.file('twice.json', [
      { task_id: 1, trial: 0, traj: [] },
      { task_id: 1, trial: 0, traj: [] },
    ]);
    await expect(place.import(collector, { files: [twice] })).rejects.toThrow(
      /Two records have the run id "demo\/1\/0".*its own --set/,
    );
    nothingSent();
  });

  test('runs that were imported before from other records, another mapping or another start are refused', async () => {
    await place.import(collector);
    const posts = collector.posts();
    const other = place.file('other.json', [{ task_id: 0, trial: 0, traj: [{ role: 'user', content: 'other' }] }]);
    await expect(place.import(collector, { files: [other] })).rejects.toThrow(/from another record.*another --set/);
    await expect(place.import(collector, { start: '2026-01-06T09:00:00Z', startMicros: 1 })).rejects.toThrow(
      /with --start 2026-01-05T09:00:00Z/,
    );
    const { readFileSync } = await import('node:fs');
    const changed = place.file('changed.yaml', readFileSync(retailMapping, 'utf8').replace('version: 3', 'version: 4'));
    await expect(place.import(collector, { mappingPath: changed })).rejects.toThrow(/another version of the mapping/);
    expect(collector.posts()).toBe(posts);
    expect(summaryOf(await place.import(collector, { files: [other], set: 'other' })).events_accepted).toBe(3);
  });

  test('a dry run maps, checks and counts', async () => {
    expect(summaryOf(await place.import(collector, { dryRun: true }))).toMatchObject({
      dry_run: true,
      events: 53,
      refused: [],
    });
    nothingSent();
    expect(readdirSync(place.folder)).toEqual([]);
  });

  test.each([
    ['no such file', { files: ['nowhere.json'] }, /no readable file at nowhere\.json/],
    ['no mapping', { mappingPath: 'nowhere.yaml' }, /no readable mapping file/],
  ])('%s', async (_name, request, message) => {
    await expect(place.import(collector, request)).rejects.toThrow(message);
    nothingSent();
  });

  test('a file that is no JSON, or holds no records, is named', async () => {
    await expect(place.import(collector, { files: [place.file('x.json', 'nope')] })).rejects.toThrow(
      /neither JSON nor NDJSON/,
    );
    await expect(place.import(collector, { files: [place.file('y.json', '[]')] })).rejects.toThrow(
      /holds no record at \$\[\*\]/,
    );
    nothingSent();
  });

  test('faults of the mapping are listed with their lines', async () => {
    const broken = place.file(
      'broken.yaml',
      'mapping: {id: x, version: 1, input: openai-messages}\nids: {run: "{sett}"}\n',
    );
    await expect(place.import(collector, { mappingPath: broken })).rejects.toThrow(
      /broken\.yaml:2:\d+ ids\.run: .*\{set\}/,
    );
  });
});

describe('in plain words', () => {
  test('no stack', async () => {
    const { url } = collector;
    await collector.close();
    await expect(place.import({ url })).rejects.toThrow(
      `No stack answers at ${url}: nothing listens there. Run npm start in another terminal, or give --collector URL.`,
    );
    collector = await startFakeCollector();
  });

  test('an unknown token', async () => {
    await expect(place.import(collector, { token: 'wrong' })).rejects.toThrow(
      /does not know the token.*affidavit credentials add/,
    );
  });
});

test('NDJSON is read as the list of its lines; each run keeps its place', async () => {
  const lines = [
    { task_id: 0, trial: 0, traj: [{ role: 'user', content: 'a' }] },
    { task_id: 1, trial: 0, traj: 'broken' },
  ]
    .map((run) => JSON.stringify(run))
    .join('\n');
  const summary = summaryOf(await place.import(collector, { files: [place.file('runs.ndjson', `${lines}\n`)] }));
  expect(summary).toMatchObject({ runs: 2, runs_failed: 1, findings: { unmatched_record: { count: 1 } } });
});

test('the journal tells nobody else what was imported', async () => {
  await place.import(collector);
  const folder = join(place.folder, 'imports');
  const [name] = readdirSync(folder);
  expect(statSync(join(folder, name ?? '')).mode & 0o077).toBe(0);
});
