import { jest } from '@jest/globals';
import { AffidavitError } from '@affidavit/audit-model';
import { type AuditEvent } from '@affidavit/contracts';
import { type SendFault } from '@affidavit/kafka';
import { AvroCodec } from '@affidavit/schema-registry';
import { CollectorKit, event, eventually } from '../testing/collector-kit.ts';

const QUICK = { append_timeout_ms: 400 } as const;
let kit: CollectorKit;
afterEach(() => kit.stop());
const start = async (...options: ConstructorParameters<typeof CollectorKit>): Promise<CollectorKit> =>
  (kit = await new CollectorKit(...options).start());
/** Own events of the start are through, so that faults meet what the test sends. */
const settled = (): Promise<unknown> =>
  eventually(() => kit.own('schema.registered').length > 0 && kit.own('stream.opened').length > 0);

const all = (): AuditEvent[] => [...kit.events(), ...kit.events('audit.control.v1')];

/** Numbers of one stream are gapless but for what gaps declare, and no number stands for two records. */
function expectAccountedFor(stream: string): void {
  const records = all().filter(({ stream_id }) => stream_id.startsWith(stream));
  const numbers = new Map<number, string>();
  for (const { seq, event_id } of records) {
    expect([seq, numbers.get(seq) ?? event_id]).toEqual([seq, event_id]);
    numbers.set(seq, event_id);
  }
  const declared = kit.own('collector.gap.detected').filter(({ gap }) => gap.stream_id.startsWith(stream));
  const isDeclared = (seq: number): boolean =>
    declared.some(({ gap }) => (gap.from_seq ?? 0) <= seq && seq <= (gap.to_seq ?? 0));
  for (let seq = 1; seq <= Math.max(...numbers.keys()); seq += 1)
    expect([seq, numbers.has(seq) || isDeclared(seq)]).toEqual([seq, true]);
}

describe('a send that fails', () => {
  test.each<SendFault>(['lost', 'stored_but_reported_as_failed'])(
    '%s: 503, and all of it again is one event each',
    async (fault) => {
      await start();
      await settled();
      const batch = Array.from({ length: 20 }, (_, index) => event({ event_id: `e-${index}`, run_id: `r-${index}` }));
      kit.transport.failNext(fault);
      const failed = await kit.post([...batch, event({ colour: 'red' })]);
      expect(failed.status).toBe(503);
      expect(failed.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(failed.body).toMatchObject({ accepted: 0, rejected: 21, receipts: [] });
      expect(failed.body.errors.map(({ code }: { code: string }) => code)).toEqual([
        ...Array(20).fill('log_unavailable'),
        'unknown_field',
      ]);
      const again = await kit.post(batch);
      expect(again.status).toBe(200);
      expect(new Set(kit.events().map(({ event_id }) => event_id)).size).toBe(20);
      const facts = new Map<string, Set<string>>();
      for (const { event_id, fact_hash } of kit.events())
        facts.set(event_id, (facts.get(event_id) ?? new Set()).add(fact_hash));
      expect([...facts.values()].every((hashes) => hashes.size === 1)).toBe(true);
      const gap = await eventually(() =>
        kit.own('collector.gap.detected').find(({ gap: { stream_id } }) => stream_id.startsWith('retail/')),
      );
      expect(gap).toMatchObject({
        tenant_id: 'acme',
        gap: { from_seq: 1, to_seq: 20, kind: 'not_acknowledged' },
        details: { missing: '20' },
      });
      expectAccountedFor('retail/');
    },
  );

  test('of a body keeps its event out, and costs the others nothing', async () => {
    await start();
    await settled();
    kit.transport.failNext('lost');
    const [withBody, without] = [
      event({ event_id: 'with', content: [{ role: 'input', text: 'body' }] }),
      event({ event_id: 'without' }),
    ];
    const { status, body } = await kit.post([withBody, without]);
    expect([status, body.receipts.map(({ event_id }: { event_id: string }) => event_id)]).toEqual([503, ['without']]);
    expect((await kit.post([withBody, without])).status).toBe(200);
    expect(kit.contents()).toHaveLength(1);
    for (const { content } of kit.events())
      for (const { content_id } of content) expect(kit.contents().map((one) => one.content_id)).toContain(content_id);
  });

  test('refusals take no number', async () => {
    await start();
    await kit.post([event({ event_id: 'a' }), event({ colour: 1 }), event({ event_id: 'b' })]);
    await kit.post(event({ event_id: 'c' }));
    expect(
      kit
        .events()
        .map(({ seq }) => seq)
        .sort(),
    ).toEqual([1, 2, 3]);
  });

  test('numbers of a producer’s own stay its own', async () => {
    await start();
    await kit.post([event({ event_id: 'a', stream_id: 'retail/agent/1', seq: 41 }), event({ event_id: 'b' })]);
    expect(
      kit
        .events()
        .map(({ event_id, stream_id, seq, seq_origin }) => [event_id, stream_id.split('/')[1], seq, seq_origin])
        .sort(),
    ).toEqual([
      ['a', 'agent', 41, 'producer'],
      ['b', 'test', 1, 'collector'],
    ]);
  });
});

describe('a record that cannot be made', () => {
  /** What our own contract lets through and our own encoder does not: a defect, which must cost its event alone. */
  const breakEncoding = (fault: unknown): void => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
    const encode = AvroCodec.prototype.encode;
    jest.spyOn(AvroCodec.prototype, 'encode').mockImplementation(function (this: AvroCodec<never>, record: unknown) {
      if ((record as { readonly event_id?: string }).event_id?.startsWith('bad') === true) throw fault;
      return encode.call(this, record as never);
    });
  };
  afterEach(() => jest.restoreAllMocks());

  test.each<[string, unknown]>([
    ['record_unencodable', new AffidavitError('record_unencodable', '/tool/name: broken')],
    ['stamp_failed', new TypeError('broken')],
    ['an unknown code', new AffidavitError('never_heard_of', 'broken')],
  ])('%s: its neighbours get their receipts, it an error of its own that no retry mends', async (_name, fault) => {
    await start();
    await settled();
    breakEncoding(fault);
    const { status, body } = await kit.post([
      event({ event_id: 'a' }),
      event({ event_id: 'bad' }),
      event({ event_id: 'b' }),
    ]);
    expect([status, body.receipts.map(({ event_id }: { event_id: string }) => event_id)]).toEqual([207, ['a', 'b']]);
    expect(body.errors).toEqual([
      {
        index: 1,
        event_id: 'bad',
        code: 'internal',
        path: '',
        message: 'A defect. The log has the details.',
        retryable: false,
      },
    ]);
    expect(kit.logLines.join('')).toMatch(/"level":"error".*an event could not be brought into the log/);
    expect(
      kit
        .events()
        .map(({ seq }) => seq)
        .sort(),
    ).toEqual([1, 2]);
    expect(await kit.post(event({ event_id: 'bad alone' }))).toMatchObject({
      status: 500,
      body: { accepted: 0, rejected: 1, errors: [{ code: 'internal' }] },
    });
  });
});

describe('a log that closes', () => {
  test('is said to be closing, item by item', async () => {
    await start();
    await settled();
    await kit.closeLog();
    expect(await kit.post(event())).toMatchObject({
      status: 503,
      body: { errors: [{ code: 'shutting_down', retryable: true }] },
    });
  });
});

describe('an own event that cannot be brought into the log', () => {
  /** How often each type was tried, and which of them breaks. */
  const breakOwn = (type: string, fault: unknown): Map<string, number> => {
    const tries = new Map<string, number>();
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
    const encode = AvroCodec.prototype.encode;
    jest.spyOn(AvroCodec.prototype, 'encode').mockImplementation(function (this: AvroCodec<never>, record: unknown) {
      const { event_type = '' } = record as { readonly event_type?: string };
      tries.set(event_type, (tries.get(event_type) ?? 0) + 1);
      if (event_type === type) throw fault;
      return encode.call(this, record as never);
    });
    return tries;
  };
  const lostCount = async (): Promise<string | undefined> =>
    (await kit.metrics.registry.metrics())
      .split('\n')
      .find((line) => line.startsWith('affidavit_collector_own_events_lost_total{'));
  afterEach(() => jest.restoreAllMocks());

  test.each<[string, unknown]>([
    ['record_unencodable', new AffidavitError('record_unencodable', 'broken')],
    ['stamp_failed', new TypeError('broken')],
  ])('%s: it is tried once and said, and what comes after it goes on', async (code, fault) => {
    const tries = breakOwn('stream.opened', fault);
    await start({ settings: { heartbeat_ms: 100 } });
    const told = await eventually(() => kit.own('event.rejected').find(({ details }) => details['code'] === code));
    expect(told).toMatchObject({
      actor: { id: 'collector' },
      outcome: { status: 'failure', code },
      details: { claimed_type: 'stream.opened' },
    });
    await eventually(() => kit.own('collector.heartbeat').length > 2 && kit.own('schema.registered').length > 0);
    const opened = tries.get('stream.opened');
    expect(opened).toBe(kit.own('event.rejected').reduce((sum, { details }) => sum + Number(details['count']), 0));
    expect(await lostCount()).toMatch(new RegExp(`code="${code}".* ${String(opened)}$`));
    expect(
      kit.logLines.filter(
        (line) => line.includes('own event lost') && line.includes(code) && line.includes('stream.opened'),
      ),
    ).toHaveLength(opened ?? -1);
    expectAccountedFor('collector/');
  });

  test('what would say so cannot be brought there either: it is counted, and does not go round', async () => {
    const tries = breakOwn('event.rejected', new TypeError('broken'));
    await start({ settings: { heartbeat_ms: 100 } });
    await kit.post(event({ colour: 'red' }));
    await eventually(async () => (await lostCount())?.endsWith(' 1'));
    const beats = kit.own('collector.heartbeat').length;
    await eventually(() => kit.own('collector.heartbeat').length > beats + 2);
    expect(tries.get('event.rejected')).toBe(1);
  });
});

describe('Kafka away', () => {
  test('is 503 within the bound, and nothing is told twice when it is back', async () => {
    await start({ batching: QUICK });
    await settled();
    kit.transport.available = false;
    const started = performance.now();
    const answer = await kit.post(event({ event_id: 'away', content: [{ role: 'input', text: 'x' }] }));
    expect([answer.status, answer.headers.get('retry-after') !== null]).toEqual([503, true]);
    expect(performance.now() - started).toBeLessThan(8_000);
    kit.transport.available = true;
    await eventually(
      async () => (await kit.post(event({ event_id: 'away', content: [{ role: 'input', text: 'x' }] }))).status === 200,
    );
    expect(kit.events().filter(({ event_id }) => event_id === 'away').length).toBeGreaterThan(0);
    expectAccountedFor('retail/');
    expectAccountedFor('collector/');
  });

  test('and not answering at all: bounded wait, bounded memory, every number accounted for', async () => {
    await start({ batching: { append_timeout_ms: 1_500, max_queue_items: 50 } });
    await settled();
    kit.transport.hold();
    const batch = kit.post(Array.from({ length: 60 }, (_, index) => event({ event_id: `h-${index}` })));
    await eventually(() => kit.load.items >= 50);
    const full = await kit.post(event({ event_id: 'full' }));
    expect([full.status, full.headers.get('retry-after'), full.body.errors[0].code]).toEqual([429, '1', 'log_full']);
    const { status, body } = await batch;
    expect([status, new Set(body.errors.map(({ code }: { code: string }) => code))]).toEqual([
      503,
      new Set(['log_full', 'log_unavailable']),
    ]);
    expect((await kit.post(event({ event_id: 'stalled' }))).status).toBe(503);
    kit.transport.release();
    await eventually(async () => (await kit.post(event({ event_id: 'after' }))).status === 200);
    await eventually(() => kit.own('collector.gap.detected').some(({ gap }) => gap.stream_id.startsWith('retail/')));
    expectAccountedFor('retail/');
  });
});

describe('a port that is away', () => {
  test('is 503 for the whole request, and nothing of it is in the log', async () => {
    let isAway = false;
    const scanner = {
      scan: (texts: readonly string[]) =>
        isAway
          ? Promise.reject(new AffidavitError('scanner_away', 'away', { retryable: true }))
          : Promise.resolve(texts.map(() => [])),
    };
    await start({ scanner });
    await settled();
    isAway = true;
    const answer = await kit.post([event(), event({ event_id: 'e-2', content: [{ role: 'input', text: 'x' }] })]);
    expect(answer).toMatchObject({ status: 503, body: { code: 'log_unavailable', retryable: true } });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect([kit.events(), kit.contents()]).toEqual([[], []]);
    isAway = false;
    expect((await kit.post(event())).status).toBe(200);
  });
});

describe('bodies', () => {
  test('are in the log before the event that names them; equal ones of a run are stored once', async () => {
    await start();
    const history = { role: 'input', text: 'the same message again' };
    const batch = Array.from({ length: 30 }, (_, index) =>
      event({ event_id: `t-${index}`, content: [history, { role: 'output', text: `answer ${index % 3}` }] }),
    );
    expect((await kit.post(batch)).status).toBe(200);
    await Promise.all(batch.map((one) => kit.post({ ...one, event_id: `again-${String(one['event_id'])}` })));
    expect(kit.contents()).toHaveLength(4);
    const order = kit.transport.allStored();
    expect(order.length).toBeGreaterThan(60);
    expect(JSON.stringify(order.map(({ value }) => Buffer.from(value).toString('latin1')))).not.toContain(
      'the same message',
    );
  });
  test('of two runs with equal text are two, that nobody can match', async () => {
    await start();
    await kit.post(
      ['r-1', 'r-2'].map((run_id) => event({ event_id: run_id, run_id, content: [{ role: 'input', text: 'equal' }] })),
    );
    expect(new Set(kit.contents().map(({ content_id }) => content_id)).size).toBe(2);
  });
  test('events of a request keep their order in the log', async () => {
    await start();
    await kit.post(
      Array.from({ length: 200 }, (_, index) =>
        event({
          event_id: `o-${index}`,
          ...(index % 3 === 0 && { content: [{ role: 'output', text: `body ${index}` }] }),
        }),
      ),
    );
    expect(kit.events().map(({ event_id }) => event_id)).toEqual(
      Array.from({ length: 200 }, (_, index) => `o-${index}`),
    );
    expect(kit.events().map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });
});

describe('the collector’s own life', () => {
  test('started, heartbeats, streams with their last numbers, stopped: all in the log', async () => {
    await start({ settings: { heartbeat_ms: 300 } });
    await kit.post([event({ event_id: 'a' }), event({ event_id: 'b' }), event({ colour: 1 })]);
    await eventually(() => kit.own('collector.heartbeat').length > 0);
    await kit.stop();
    expect(kit.own('collector.started')).toMatchObject([
      { tenant_id: 'default', evidence_grade: 'gateway_observed', details: { instance_id: 'test' } },
    ]);
    expect(
      kit
        .own('stream.opened')
        .map(({ gap }) => gap.stream_id.split('/')[0])
        .sort(),
    ).toEqual(['collector', 'collector', 'retail']);
    expect(kit.own('stream.closed')).toMatchObject([
      { tenant_id: 'acme', gap: { stream_id: expect.stringMatching(/^retail\/test\//), from_seq: 1, to_seq: 2 } },
    ]);
    expect(kit.own('collector.stopped')).toMatchObject([{ details: { accepted: '2', rejected: '1' } }]);
    expectAccountedFor('retail/');
    await start();
  });
  test('a schema is told of under one id for ever', async () => {
    await start();
    const [first] = await eventually(() =>
      kit.own('schema.registered').length > 0 ? kit.own('schema.registered') : undefined,
    );
    expect(first).toMatchObject({
      change: { item_id: 'audit.activity.v1-value', to_hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      details: { schema_id: '1' },
    });
    await kit.stop();
    await start();
    const [second] = await eventually(() =>
      kit.own('schema.registered').length > 0 ? kit.own('schema.registered') : undefined,
    );
    expect([second?.event_id, second?.fact_hash]).toEqual([first?.event_id, first?.fact_hash]);
  });
});
