import { join } from 'node:path';
import { Command } from 'commander';
import { mappingsFolder, retailMapping, retailSample, Workplace } from '../../test/transcripts.ts';
import { answer, type FakeCollector, startFakeCollector } from '../../test/fake-collector.ts';
import { registerCredentials } from './credentials.ts';
import { registerImport } from './import.ts';
import { registerMap } from './map.ts';

let place: Workplace;
let collector: FakeCollector;
const environment = { ...process.env };
beforeEach(async () => {
  collector = await startFakeCollector();
  place = new Workplace();
  process.env.AFFIDAVIT_DATA = place.folder;
  delete process.env.AFFIDAVIT_TOKEN;
});
afterEach(async () => {
  await collector.close();
  process.env = { ...environment };
  process.exitCode = 0;
  place.remove();
});

/** Runs one command line in this process, and answers what it printed and how it ended. */
async function affidavit(...args: string[]): Promise<{ out: string; err: string; code: number }> {
  let out = '';
  let err = '';
  const [writeOut, writeErr] = [process.stdout, process.stderr].map((stream) => stream.write.bind(stream)) as [
    typeof process.stdout.write,
    typeof process.stderr.write,
  ];
  process.stdout.write = (text: string) => ((out += text), true);
  process.stderr.write = (text: string) => ((err += text), true);
  try {
    const program = new Command('affidavit');
    for (const register of [registerImport, registerMap, registerCredentials]) register(program);
    process.exitCode = 0;
    await program.parseAsync(args, { from: 'user' });
    return { out, err, code: Number(process.exitCode) };
  } finally {
    process.stdout.write = writeOut;
    process.stderr.write = writeErr;
  }
}

const importing = [
  'import',
  '--format',
  'openai-messages',
  '--mapping',
  retailMapping,
  '--set',
  'demo',
  '--start',
  '2026-01-05T09:00:00Z',
];

describe('affidavit import', () => {
  test('posts to the stack that npm start wrote down, and says what it did', async () => {
    place.file('stack.json', { collector_url: collector.url });
    place.file('credentials.json', { connector: 'token' });
    const first = await affidavit(...importing, retailSample);
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^Imported set demo: 3 runs from 1 file, 53 events\.\n {2}53 events acknowledged; 0 refused\./,
      ) as string,
    });
    expect(await affidavit(...importing, retailSample)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/was imported on .*Nothing was sent/) as string,
    });
    expect(JSON.parse((await affidavit(...importing, '--again', '--json', retailSample)).out)).toMatchObject({
      events_duplicate: 53,
    });
  });

  test('ends with 1 when something was refused, and says where', async () => {
    collector.refuseType = 'object.changed';
    process.env.AFFIDAVIT_TOKEN = 'token';
    const ran = await affidavit(...importing, '--collector', collector.url, retailSample);
    expect(ran).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /record 0 \(run demo\/0\/0\) object\.changed .*event_type_not_allowed at \/event_type/,
      ) as string,
    });
  });

  test.each([
    [['--start', 'yesterday'], /--start yesterday is not a time with an offset/],
    [['--start', '2026-01-05T09:00:00'], /not a time with an offset/],
    [['--set', 'a b'], /without spaces/],
    [['--patience', 'x'], /not a number of seconds/],
    [[], /No stack is known: .* Run npm start/],
  ])('%j is a sentence and a code', async (args, message) => {
    const ran = await affidavit(...importing, ...args, retailSample);
    expect(ran.err).toMatch(message);
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(ran.code).toBe(2);
  });

  test('an address that is no collector', async () => {
    collector.disturb = (_, response) => (answer(response, 404, {}), true);
    process.env.AFFIDAVIT_TOKEN = 'token';
    const ran = await affidavit(...importing, '--collector', collector.url, retailSample);
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/is no collector: it answers 404/) as string });
  });
});

describe('affidavit map', () => {
  test('test shows record → events, what is worth a note, and the fields that were not used', async () => {
    const { out, code } = await affidavit('map', 'test', '--records', '3', retailMapping, retailSample);
    expect(code).toBe(0);
    expect(out).toContain('record 0 → run trial/0/0');
    expect(out).toMatch(
      /11\/emit\/0 +object\.changed +cancel_pending_order · success · update · shop:order:#T1000001 updated/,
    );
    expect(out).toContain('weigh_parcel (message 11)');
    expect(out).toContain('$args.payment_method_id (exchange_delivered_order_items)');
    expect(out).toContain('3 records, 53 events, 0 records refused, 0 problems.');
  });

  test('test --json prints the events', async () => {
    const { out } = await affidavit('map', 'test', '--json', retailMapping, retailSample);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toHaveLength(53);
  });

  test('diff shows what another version would change', async () => {
    const { readFileSync } = await import('node:fs');
    const after = place.file(
      'after.yaml',
      readFileSync(retailMapping, 'utf8')
        .replace('cancel_pending_order:\n    tier: write', 'cancel_pending_order:\n    tier: destructive')
        .replace(
          'transfer_to_human_agents:',
          'weigh_parcel: {tier: read, emit: {type: object.read, object: {order: $args.order_id}}}\n  transfer_to_human_agents:',
        ),
    );
    const { out } = await affidavit('map', 'diff', retailMapping, after, '--on', retailSample);
    expect(out).toContain('tool.tier: "write" → "destructive"');
    expect(out).toContain('+ trial/1/0/12/emit/0 object.read');
    expect(out).toMatch(/53 events before, 54 after: 1 added, 0 removed, \d+ changed\./);
  });

  test('a mapping with faults is refused with their lines', async () => {
    const broken = place.file(
      'broken.yaml',
      'mapping: {id: x, version: 1, input: openai-messages}\nids: {run: $.id}\ntols: {}\n',
    );
    expect(await affidavit('map', 'test', broken, retailSample)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/broken\.yaml:3:\d+ tols: unknown key; known here: mapping, /) as string,
    });
  });
});

describe('affidavit credentials', () => {
  test('adds with a token shown once, lists without it, revokes', async () => {
    process.env.CREDENTIALS_FILE = join(place.folder, 'store.json');
    const added = await affidavit(
      'credentials',
      'add',
      '--role',
      'connector',
      '--name',
      'crm feed',
      '--connector-id',
      'crm',
      '--source',
      'crm',
      '--event-type',
      'tool.*',
      '--event-type',
      'object.changed',
      '--grade',
      'system_of_record',
      '--json',
    );
    const credential = JSON.parse(added.out) as { id: string; token: string };
    expect(credential).toMatchObject({
      role: 'connector',
      tenant_id: 'default',
      connector_id: 'crm',
      sources: ['crm'],
      event_types: ['tool.*', 'object.changed'],
      max_evidence_grade: 'system_of_record',
    });
    const listed = await affidavit('credentials', 'list');
    expect(listed.out).toContain(credential.id);
    expect(listed.out).not.toContain(credential.token);
    expect(await affidavit('credentials', 'revoke', credential.id)).toMatchObject({ code: 0 });
    expect((await affidavit('credentials', 'list')).out).toContain('revoked');
    expect(await affidavit('credentials', 'revoke', 'nobody')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/There is no credential nobody/) as string,
    });
  });

  test('a connector without --connector-id is told so, and none is made of its name', async () => {
    process.env.CREDENTIALS_FILE = join(place.folder, 'store.json');
    expect(await affidavit('credentials', 'add', '--role', 'connector', '--name', 'Anna Schmidt')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^A connector needs --connector-id: /) as string,
    });
    expect(
      await affidavit('credentials', 'add', '--role', 'connector', '--name', 'x', '--connector-id', 'a/b'),
    ).toMatchObject({ code: 1, err: expect.stringMatching(/--connector-id\) must be 1 to 64/) as string });
    expect((await affidavit('credentials', 'list')).out).not.toContain('Anna');
  });

  test('what the store refuses is a sentence', async () => {
    process.env.CREDENTIALS_FILE = join(place.folder, 'store.json');
    expect(
      await affidavit('credentials', 'add', '--role', 'investigator', '--name', 'x', '--tenant', '*'),
    ).toMatchObject({ code: 1, err: 'Only a service may act for every tenant.\n' });
  });
});

test('the shipped mappings lie where the README says', () => {
  expect(retailMapping).toBe(join(mappingsFolder, 'retail-agent.yaml'));
});
