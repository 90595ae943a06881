import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from '../../test/transcripts.ts';
import { batchesOf } from './batches.ts';
import { collectorAccess, credentialStoreFile, logName } from './collector-access.ts';
import { ImportJournal, type ImportIdentity, otherImports } from './journal.ts';
import { networkReason, retryAfterMs } from './post-events.ts';
import { Progress } from './progress.ts';
import { newSummary, summaryText } from './summary.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

describe('batches', () => {
  test('are full by number or by bytes, in order; a line over the limit travels alone', () => {
    expect(batchesOf(['a', 'b', 'c'], { events: 2, bytes: 100 })).toEqual([['a', 'b'], ['c']]);
    expect(batchesOf(['aaaa', 'bbbb', 'é'.repeat(20), 'c'], { events: 9, bytes: 10 })).toEqual([
      ['aaaa', 'bbbb'],
      ['é'.repeat(20)],
      ['c'],
    ]);
    expect(batchesOf([])).toEqual([]);
  });
});

describe('where to post and with what', () => {
  const stack = (more: object = {}) =>
    writeFileSync(
      join(place.folder, 'stack.json'),
      JSON.stringify({ collector_url: 'http://127.0.0.1:7070/', ...more }),
    );
  const access = (more: object = {}) => collectorAccess({ dataDirectory: place.folder, env: {}, ...more });

  test('comes from what npm start wrote', async () => {
    stack();
    place.file('credentials.json', { connector: 'aff_a_b' });
    expect(await access()).toEqual({ url: 'http://127.0.0.1:7070', token: 'aff_a_b' });
  });

  test('options and the environment come first', async () => {
    stack();
    place.file('credentials.json', { connector: 'aff_a_b' });
    expect(await access({ collector: 'https://c.example', env: { AFFIDAVIT_TOKEN: 't' } })).toEqual({
      url: 'https://c.example',
      token: 't',
    });
    expect(
      (await access({ tokenFile: place.file('token', 'plain-token\n'), env: { AFFIDAVIT_TOKEN: 't' } })).token,
    ).toBe('plain-token');
  });

  test('each thing that is missing is a sentence', async () => {
    await expect(access()).rejects.toThrow(/No stack is known: .*stack\.json is not there\. Run npm start/);
    stack();
    await expect(access()).rejects.toThrow(/No credential is known/);
    await expect(access({ collector: 'collector' })).rejects.toThrow(/no address of a collector/);
    place.file('credentials.json', {});
    await expect(access()).rejects.toThrow(/holds no connector token/);
    await expect(access({ tokenFile: 'nowhere' })).rejects.toThrow(/Check --token-file/);
  });

  test('another cluster behind one data directory is another log for the journal', async () => {
    stack({ kafka_cluster_id: 'one' });
    const first = await logName({ dataDirectory: place.folder });
    stack({ kafka_cluster_id: 'two' });
    expect(await logName({ dataDirectory: place.folder })).not.toBe(first);
    expect(await logName({ dataDirectory: place.folder, collector: 'https://c.example' })).toBe('https://c.example');
  });

  test('the credential store is the services’ one', () => {
    expect(credentialStoreFile({ CREDENTIALS_FILE: '/x/y' })).toBe('/x/y');
  });
});

describe('the journal', () => {
  const identity: ImportIdentity = {
    collector: 'stack',
    mapping_id: 'm',
    mapping_hash: 'h',
    set: 's',
    start: '',
    files: ['f'],
  };
  const line = (run: string) => ({ run_id: run, sha256: 'x', events: 2 });

  test('is found again by what the import is, with the runs it acknowledged', async () => {
    const first = await ImportJournal.open(place.folder, identity);
    await Promise.all([first.add(line('a')), first.add(line('b'))]);
    await first.close();
    const again = await ImportJournal.open(place.folder, identity);
    expect([...(again.past?.runs.keys() ?? [])]).toEqual(['a', 'b']);
    expect(again.past?.done).toBeUndefined();
    await again.finish(2, 4, new Date(0));
    expect((await ImportJournal.open(place.folder, identity)).past?.done).toMatchObject({ runs: 2, events: 4 });
    expect((await ImportJournal.open(place.folder, { ...identity, set: 'other' })).past).toBeUndefined();
  });

  test('torn in its last line counts that run as not sent', async () => {
    const first = await ImportJournal.open(place.folder, identity);
    await first.add(line('a'));
    await first.close();
    writeFileSync(first.path, `{"run_id": "b", "sha`, { flag: 'a' });
    const again = await ImportJournal.open(place.folder, identity);
    await again.add(line('c'));
    await again.close();
    expect([...((await ImportJournal.open(place.folder, identity)).past?.runs.keys() ?? [])]).toEqual(['a', 'c']);
  });

  test('knows other imports of the same set and mapping only', async () => {
    for (const set of ['s', 't']) {
      const journal = await ImportJournal.open(place.folder, { ...identity, set, files: ['g'] });
      await journal.add(line('a'));
      await journal.close();
    }
    expect((await otherImports(place.folder, identity, 'own')).map(({ header }) => header.set)).toEqual(['s']);
    expect(await otherImports(join(place.folder, 'nowhere'), identity, 'own')).toEqual([]);
  });
});

test('Retry-After is seconds or a date', () => {
  expect([
    retryAfterMs('2'),
    retryAfterMs('Thu, 01 Jan 1970 00:00:05 GMT', 1_000),
    retryAfterMs('soon'),
    retryAfterMs(null),
  ]).toEqual([2_000, 4_000, undefined, undefined]);
});

test('network errors are told in words', () => {
  expect(networkReason(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }))).toBe(
    'nothing listens there',
  );
  expect(networkReason({ name: 'TimeoutError' })).toBe('it did not answer within 60 s');
  expect(networkReason(Object.assign(new TypeError('x'), { cause: { code: 'EXOTIC' } }))).toBe(
    'the connection failed (EXOTIC)',
  );
  expect(networkReason('x')).toBe('the connection failed');
});

test('progress is one redrawn line on a terminal, and a line now and then elsewhere', () => {
  for (const [isTTY, expected] of [
    [true, '\r\u001B[2K2 of 9 runs, 20 events, 20 events/s\n'],
    [false, ''],
  ] as const) {
    let at = 0;
    let written = '';
    const progress = new Progress({ isTTY, write: (text) => (written += text) }, 9, () => at);
    at = 1_000;
    progress.update(2, 20);
    at = 1_100;
    progress.update(3, 30);
    progress.end();
    expect(written).toBe(expected);
  }
});

test('the summary says how many runs, events, failures and refusals, and what is worth a look', () => {
  const summary = newSummary('demo', 1, 2, false);
  Object.assign(summary, {
    events: 30,
    events_accepted: 29,
    runs_failed: 1,
    events_by_type: { 'run.started': 2 },
    findings: { unknown_tool: { count: 3, subjects: { a: 2, b: 1 } } },
  });
  summary.refused.push({
    file: 'f.json',
    record_index: 1,
    run_id: 'demo/1',
    event_id: 'e',
    event_type: 'object.read',
    code: 'invalid_value',
    path: '/x',
    message: 'no',
  });
  expect(summaryText(summary)).toBe(
    [
      'Imported set demo: 2 runs from 1 file, 30 events.',
      '  29 events acknowledged; 1 refused.',
      '  1 run had failed: recorded as run.failed.',
      'Events by type:',
      '         2  run.started',
      'Worth a look:',
      '         3  tools that the mapping does not name: their calls are in the log with tier unknown: a (2), b (1)',
      'Refused:',
      '  f.json record 1 (run demo/1) object.read e: invalid_value at /x: no',
    ].join('\n'),
  );
});
