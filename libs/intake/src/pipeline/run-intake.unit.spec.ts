import fc from 'fast-check';
import { canonicalJson } from '@affidavit/audit-model';
import { type AuditEvent, definitionsSchema, eventTypes, type EventType } from '@affidavit/contracts';
import { readJson, readNdjson } from '../json/read-body.ts';
import { defaultLimits } from '../limits.ts';
import { event, IntakeKit, NOW, SECRET } from '../testing/intake-kit.ts';

describe('outcomes', () => {
  test('one for each item, in order; a bad one costs its neighbours nothing', async () => {
    const body = readNdjson(
      [
        JSON.stringify(event({ event_id: 'a' })),
        'broken',
        JSON.stringify(event({ event_id: 'b', nonsense: 1 })),
        '{"event_id":"c","event_id":"d"}',
        JSON.stringify(event({ event_id: 'e' })),
      ].join('\n'),
      defaultLimits,
    );
    if (body.status !== 'items') throw new Error(body.status);
    const outcomes = await new IntakeKit().whenRead(body.items);
    expect(
      outcomes.map((outcome) =>
        outcome.status === 'accepted'
          ? outcome.event.record.event_id
          : [outcome.event_id, outcome.event_type, outcome.refusal.code],
      ),
    ).toEqual([
      'a',
      [null, null, 'not_an_object'],
      ['b', 'tool.call.completed', 'unknown_field'],
      ['d', null, 'json_duplicate_key'],
      'e',
    ]);
    expect(outcomes.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  });
  test('topic and phase are the catalogue’s', async () => {
    const outcome = await new IntakeKit().accepts({
      event_type: 'policy.evaluated',
      occurred_at: NOW,
      source: { system: 's' },
      actor: { type: 'service', id: 'gate' },
      policy: { policy_id: 'p', decision: 'deny' },
    });
    expect([outcome.event.topic, outcome.event.record.phase]).toEqual(['audit.control.v1', 'decision']);
    expect((await new IntakeKit().rejects(event({ phase: 'intent' }))).refusal).toMatchObject({
      code: 'invalid_value',
      path: '/phase',
    });
  });
  test('idempotent only with an id of the sender’s', async () => {
    expect([
      (await new IntakeKit().accepts(event())).idempotent,
      (await new IntakeKit().accepts(event({ event_id: undefined }))).idempotent,
    ]).toEqual([true, false]);
  });
  test('nothing that one request does is seen by the next', async () => {
    const kit = new IntakeKit();
    const [once, again] = [
      await kit.record(event({ labels: ['a'], details: { x_a: '1' } })),
      await kit.record(event({ labels: ['a'], details: { x_a: '1' } })),
    ];
    expect(again).toEqual(once);
  });
});

describe('the fact', () => {
  test('is the same whenever and as often as it is sent, and another when anything in it is', async () => {
    const hash = async (given: object, at = NOW): Promise<string> =>
      (await new IntakeKit({ ports: { clock: () => at } }).record(event({ ...given }))).fact_hash;
    const first = await hash({});
    expect(await hash({}, NOW + 5_000_000)).toBe(first);
    expect(await hash({ occurred_at: 1_795_327_200_000_123, time_precision_us: 1 })).toBe(first);
    expect(await hash({ stream_id: 'retail/a', seq: 9 })).toBe(first);
    for (const other of [
      { attempt: 0 },
      { run_id: 'r' },
      { outcome: { status: 'failure' } },
      { content: [{ role: 'output', text: 'x' }] },
    ])
      expect(await hash(other)).not.toBe(first);
  });
});

const ENVELOPE = (
  definitionsSchema as {
    readonly definitions: Readonly<Record<string, { readonly properties: Readonly<Record<string, unknown>> }>>;
  }
).definitions;

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Values for a schema of the definitions; only what a sender may give and what nothing rewrites. */
function valueOf(schema: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const text = (max: number): fc.Arbitrary<string> =>
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: Math.min(max, 12) })
      .filter(
        (value) =>
          isWellFormed(value) &&
          value.trim() !== '' &&
          !value.includes('\u0000') &&
          !value.includes(SECRET) &&
          [...value].length <= max,
      );
  if (typeof schema['$ref'] === 'string') return objectOf(schema['$ref'].split('/').at(-1) ?? '');
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (schema['type'] === 'array')
    return fc.array(valueOf(schema['items'] as Record<string, unknown>), { maxLength: 3 });
  if (schema['type'] === 'boolean') return fc.boolean();
  if (schema['format'] === 'date-time') return fc.integer({ min: NOW - 10 ** 14, max: NOW });
  if (typeof schema['pattern'] === 'string' && schema['pattern'].includes('[0-9a-f]{64}'))
    return fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
  if (typeof schema['pattern'] === 'string' && schema['pattern'].includes('A-Z')) return fc.constantFrom('EUR', 'USD');
  if (Array.isArray(schema['type'])) {
    const places = Number(/,(\d+)\}\)\?\$$/.exec(String(schema['pattern']))?.[1]);
    return fc
      .integer({ min: -(10 ** 9), max: 10 ** 9 })
      .map((value) => (value / 1_000_000).toFixed(places).replace(/^-(0\.0+)$/, '$1'));
  }
  if (schema['type'] === 'integer')
    return fc.integer({ min: Math.max(schema['minimum'] as number, 1), max: schema['maximum'] as number });
  if (schema['type'] === 'number') return fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
  return text((schema['maxLength'] as number | undefined) ?? 12);
}

const LEFT_OUT = new Set(['display_name', 'person', 'text', 'json', 'data_base64', 'content_id']);
const REQUIRED: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(ENVELOPE).map(([name, schema]) => [
    name,
    (schema as { readonly required?: readonly string[] }).required ?? [],
  ]),
);

function objectOf(name: string): fc.Arbitrary<Record<string, unknown>> {
  const properties = Object.entries(ENVELOPE[name]?.properties ?? {}).filter(([key]) => !LEFT_OUT.has(key));
  const model = Object.fromEntries(
    properties.map(([key, schema]) => [key, valueOf(schema as Record<string, unknown>)]),
  );
  return fc.record(model, { requiredKeys: [...(REQUIRED[name] ?? [])] });
}

/** Leaves off what the type forbids, and gives what the pipeline lays down. */
function sendable(type: EventType, given: Record<string, unknown>): Record<string, unknown> {
  const sections = Object.keys(ENVELOPE)
    .filter((name) => /^[A-Z]/.test(name))
    .map((name) => name.toLowerCase());
  const envelope = new Set(['source', 'actor', 'agent', 'outcome']);
  const kept = Object.entries(given).filter(
    ([key]) => !sections.includes(key) || envelope.has(key) || eventTypes[type].sections.includes(key),
  );
  const { phase: _phase, details: _details, stream_id: _stream, seq: _seq, ...rest } = Object.fromEntries(kept);
  const gap = rest['gap'] as { readonly stream_id?: string } | undefined;
  if (gap?.stream_id) rest['gap'] = { ...gap, stream_id: `retail/${gap.stream_id}`.slice(0, 512) };
  const link = rest['link'] as Readonly<Record<'basis' | 'from_id' | 'to_id', string | undefined>> | undefined;
  // Ends may turn out to be events, which are named by their keys; a key is any other thing's id as well.
  const key = (id: string | undefined): string | undefined => (id === undefined ? id : `c:${id}`.slice(0, 512));
  if (link !== undefined)
    rest['link'] = JSON.parse(
      JSON.stringify({
        ...link,
        ...(link.basis !== undefined && { basis: 'source' }),
        from_id: key(link.from_id),
        to_id: key(link.to_id),
      }),
    );
  const asMetadata = ((rest['content'] ?? []) as object[]).map((ref) => ({ ...ref, capture: 'metadata' }));
  return {
    ...rest,
    ...(asMetadata.length > 0 && { content: asMetadata }),
    event_type: type,
    tenant_id: 'acme',
    evidence_grade: 'self_reported',
    time_precision_us: 1,
    source: { ...(rest['source'] as object), connector_id: 'retail' },
  };
}

/** Every field that was given stands in the record as it was given; people's ids are compared elsewhere. */
function expectKept(given: unknown, stored: unknown, path: string): void {
  if (Array.isArray(given))
    return given.forEach((item, index) => expectKept(item, (stored as unknown[])[index], `${path}/${index}`));
  if (typeof given === 'object' && given !== null) {
    for (const [key, value] of Object.entries(given))
      expectKept(value, (stored as Record<string, unknown>)[key], `${path}/${key}`);
    return;
  }
  if (
    /^\/(actor|on_behalf_of|subject_refs|message\/recipients|link|approval)\b.*(id|issuer|approver)$/.test(path) ||
    (path === '/source/origin_format' && given === 'unknown')
  )
    return;
  expect([path, stored]).toEqual([path, given]);
}

describe('properties', () => {
  const types = (Object.keys(eventTypes) as EventType[]).filter((type) =>
    eventTypes[type].senders.includes('connector'),
  );
  test('nothing that is accepted is changed', async () => {
    let acceptedCount = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), objectOf('Envelope'), async (type, given) => {
        const input = sendable(type, given);
        const [outcome] = await new IntakeKit().when(input);
        if (outcome?.status !== 'accepted') {
          // A requirement of the type that was not drawn: nothing else may refuse what the definitions allow.
          expect([outcome?.refusal.code, JSON.stringify(outcome?.refusal)]).toEqual([
            'missing_field',
            expect.any(String),
          ]);
          return;
        }
        acceptedCount += 1;
        expectKept(input, outcome.event.record, '');
      }),
      { numRuns: 150 },
    );
    expect(acceptedCount).toBeGreaterThan(10);
  }, 60_000);
  test('bodies survive: what is sealed is what was sent', async () => {
    const json = fc.jsonValue({ stringUnit: 'binary' }).filter((value) => !JSON.stringify(value).includes('\\ud'));
    await fc.assert(
      fc.asyncProperty(json, fc.string({ unit: 'binary' }).filter(isWellFormed), async (value, text) => {
        const kit = new IntakeKit();
        const outcome = await kit.whenText(
          JSON.stringify(
            event({
              content: [
                { role: 'output', json: value },
                { role: 'input', text },
              ],
            }),
          ),
        );
        if (outcome.status === 'rejected')
          return expect(['json_number_inexact', 'json_forbidden_key']).toContain(outcome.refusal.code);
        expect(canonicalJson(JSON.parse(kit.sealed[0]?.text ?? ''))).toBe(
          canonicalJson(JSON.parse(JSON.stringify(value))),
        );
        expect(kit.sealed[1]?.text).toBe(text);
      }),
    );
  }, 60_000);
  test('no JSON makes it crash: it is accepted or refused, and refused in words of the closed list', async () => {
    const hostile = fc.oneof(
      fc.jsonValue({ stringUnit: 'binary' }),
      fc
        .constantFrom(...types)
        .chain((type) =>
          fc
            .dictionary(
              fc.constantFrom(...Object.keys(ENVELOPE['Envelope']?.properties ?? {}), 'x', '__proto__'),
              fc.jsonValue(),
            )
            .map((fields) => event({ ...fields, event_type: type })),
        ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 4 }), async (values) => {
        const text = JSON.stringify(values);
        const body = readJson(text, defaultLimits);
        if (body.status !== 'items') throw new Error(body.status);
        const outcomes = await new IntakeKit().whenRead(body.items);
        expect(outcomes).toHaveLength(values.length);
        for (const outcome of outcomes) expect(['accepted', 'rejected']).toContain(outcome.status);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
  test('every record is complete: no field is undefined', async () => {
    const undefinedIn = (value: unknown): boolean =>
      value === undefined || (typeof value === 'object' && value !== null && Object.values(value).some(undefinedIn));
    await fc.assert(
      fc.asyncProperty(objectOf('Envelope'), async (given) => {
        const [outcome] = await new IntakeKit().when(sendable('run.started', { ...given, run_id: 'r' }));
        if (outcome?.status === 'accepted') expect(undefinedIn(outcome.event.record satisfies AuditEvent)).toBe(false);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
