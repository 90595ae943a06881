import { event, IntakeKit, NOW } from '../testing/intake-kit.ts';

describe('what the sender leaves out', () => {
  test('is filled in from credential, settings, catalogue and clock', async () => {
    const record = await new IntakeKit().record(event({ event_id: undefined }));
    expect(record).toMatchObject({
      event_id: 'id-1',
      tenant_id: 'acme',
      environment: 'test',
      region: 'eu',
      retention_class: 'standard',
      observed_at: NOW,
      time_basis: 'source',
      time_precision_us: 1,
      evidence_grade: 'self_reported',
      stream_id: 'retail/instance/boot',
      seq: 0,
      seq_origin: 'collector',
      phase: 'effect',
      source: { system: 'shop', connector_id: 'retail', origin_format: 'native' },
    });
    expect(record.fact_hash).toMatch(/^[0-9a-f]{64}$/);
  });
  test('and what it gives, stays', async () => {
    const given = {
      tenant_id: 'acme',
      environment: 'production',
      region: 'us',
      retention_class: 'long',
      time_basis: 'assigned',
      time_precision_us: 60_000_000,
      evidence_grade: 'gateway_observed',
      stream_id: 'retail/agent-1/boot-1',
      seq: 41,
      source: { system: 'shop', connector_id: 'retail', origin_format: 'import', mapping_id: 'm' },
    };
    expect(await new IntakeKit().record(event(given))).toMatchObject({ ...given, seq_origin: 'producer' });
  });
  test.each([
    ['2026-11-22T06:00:00Z', 1_000_000],
    ['2026-11-22T06:00:00.12Z', 10_000],
    [1_795_327_200_000_000, 1],
  ])('the precision of %p is %p µs', async (occurred_at, time_precision_us) => {
    expect(await new IntakeKit().record(event({ occurred_at }))).toMatchObject({
      occurred_at: expect.any(Number),
      time_precision_us,
    });
  });
});

describe('the credential', () => {
  test.each([
    ['tool.*', true],
    ['tool.call.completed', true],
    ['*', true],
    ['tool.call', false],
    ['tool.call.complete', false],
    ['too.*', false],
    ['run.*', false],
  ])('with event types %s: allowed %p', async (allowed, expected) => {
    const [outcome] = await new IntakeKit({ sender: { event_types: [allowed] } }).when(event());
    expect(outcome?.status).toBe(expected ? 'accepted' : 'rejected');
  });
  test('a connector sends no governance types, whatever its list says', async () => {
    const outcome = await new IntakeKit().rejects({
      event_type: 'audit.query.executed',
      occurred_at: NOW,
      source: { system: 's' },
      actor: { type: 'human', id: 'a' },
      query: { kind: 'search' },
    });
    expect(outcome.refusal.code).toBe('event_type_not_allowed');
  });
  test('a service for all tenants names the tenant on each event', async () => {
    const kit = new IntakeKit({ sender: { kind: 'service', tenant_id: '*', connector_id: 'query-api' } });
    const query = {
      event_type: 'audit.query.executed',
      occurred_at: NOW,
      source: { system: 'affidavit' },
      actor: { type: 'human', id: 'ada' },
      query: { kind: 'search' },
    };
    expect((await kit.record({ ...query, tenant_id: 'acme' })).tenant_id).toBe('acme');
    expect((await kit.record(query)).tenant_id).toBe('default');
  });
  test('the highest grade is the credential’s, also of what is filled in', async () => {
    const kit = new IntakeKit({ sender: { max_evidence_grade: 'unknown' } });
    expect((await kit.record(event())).evidence_grade).toBe('unknown');
    expect((await kit.rejects(event({ evidence_grade: 'self_reported' }))).refusal.code).toBe(
      'evidence_grade_too_high',
    );
  });
});

describe('numbers of the producer', () => {
  test.each<[object, string, string]>([
    [{ stream_id: 'retail/a/b' }, 'missing_field', '/seq'],
    [{ seq: 1 }, 'missing_field', '/stream_id'],
    [{ stream_id: 'other/a/b', seq: 1 }, 'connector_mismatch', '/stream_id'],
    [{ stream_id: 'retailer/a', seq: 1 }, 'connector_mismatch', '/stream_id'],
    [{ stream_id: 'retail/instance/boot', seq: 1 }, 'invalid_value', '/stream_id'],
    [{ stream_id: 'retail/a', seq: -1 }, 'number_out_of_range', '/seq'],
    [{ time_precision_us: 0 }, 'number_out_of_range', '/time_precision_us'],
  ])('%j', async (given, code, path) =>
    expect((await new IntakeKit().rejects(event({ ...given }))).refusal).toMatchObject({ code, path }),
  );
});

describe('gaps', () => {
  const gap = (stream_id: string, event_type = 'collector.gap.detected', kind = 'source_declared'): object => ({
    event_type,
    occurred_at: NOW,
    source: { system: 'shop' },
    actor: { type: 'system', id: 'shop' },
    gap: { ...(stream_id && { stream_id }), from_seq: 1, to_seq: 9, kind },
  });
  test.each(['collector.gap.detected', 'collector.gap.closed'])(
    '%s: a connector names its own streams and no others',
    async (type) => {
      expect((await new IntakeKit().record(gap('retail/feed', type))).gap.stream_id).toBe('retail/feed');
      for (const other of [
        'retail',
        'retailer/feed',
        'other/feed',
        'collector/instance/boot',
        '/retail/feed',
        'Retail/feed',
      ]) {
        expect((await new IntakeKit().rejects(gap(other, type))).refusal).toMatchObject({
          code: 'connector_mismatch',
          path: '/gap/stream_id',
        });
      }
    },
  );
  test('of a source without streams have none', async () =>
    expect((await new IntakeKit().record(gap(''))).gap).toMatchObject({ stream_id: '', kind: 'source_declared' }));
  test('a service may name any stream', async () => {
    const kit = new IntakeKit({ sender: { kind: 'service', connector_id: 'collector' } });
    expect((await kit.record(gap('retail/feed'))).gap.stream_id).toBe('retail/feed');
  });
});

describe('links', () => {
  const of = (event_type: string, link: object): object => ({
    event_type,
    occurred_at: NOW,
    source: { system: 'shop' },
    actor: { type: 'system', id: 'shop' },
    link,
  });
  const ends = { kind: 'case_run', from_kind: 'case', from_id: 'helpdesk:1', to_kind: 'run', to_id: 'run' };
  const accounts = { kind: 'account_person', from_kind: 'account', from_id: 'a', to_kind: 'person', to_id: 'b' };
  const all: readonly (readonly [string, object])[] = [
    ['link.asserted', { link_id: 'mine', ...ends }],
    ['link.retracted', { link_id: 'mine' }],
    ['identity.account.linked', accounts],
    ['identity.account.unlinked', accounts],
  ];

  test.each(all)('%s: a connector speaks for its source, and neither for people nor for rules', async (type, link) => {
    const kit = new IntakeKit();
    expect((await kit.record(of(type, link))).link.basis).toBe('unknown');
    expect((await kit.record(of(type, { ...link, basis: 'source' }))).link.basis).toBe('source');
    for (const basis of ['person', 'rule']) {
      expect((await kit.rejects(of(type, { ...link, basis }))).refusal).toMatchObject({
        code: 'connector_mismatch',
        path: '/link/basis',
      });
    }
  });
  test.each(['rule_0f', 'link_0f'])(
    '%s: a connector neither takes back a link of rules or people, nor says it anew with other ends',
    async (link_id) => {
      for (const link of [{ link_id }, { link_id, basis: 'source' }]) {
        expect((await new IntakeKit().rejects(of('link.retracted', link))).refusal).toMatchObject({
          code: 'connector_mismatch',
          path: '/link/link_id',
        });
        expect((await new IntakeKit().rejects(of('link.asserted', { ...link, ...ends }))).refusal).toMatchObject({
          code: 'connector_mismatch',
          path: '/link/link_id',
        });
      }
    },
  );
  test('a connector’s own ids may be like them', async () => {
    for (const link_id of ['link-7', 'rules/7', 'my link_7'])
      expect((await new IntakeKit().record(of('link.retracted', { link_id }))).link.link_id).toBe(link_id);
  });
  test.each(all)('%s: a service says what people and rules say', async (type, link) => {
    const kit = new IntakeKit({ sender: { kind: 'service', connector_id: 'linker' } });
    for (const basis of ['person', 'rule', 'source'])
      expect((await kit.record(of(type, { ...link, link_id: 'rule_0f', basis }))).link.basis).toBe(basis);
  });
});

describe('clocks', () => {
  test.each<[unknown, string | null]>([
    [NOW + 1_200_000_000, null],
    [NOW + 86_400_000_000, null],
    [NOW + 86_400_000_001, 'time_out_of_range'],
    ['1990-01-01T00:00:00Z', null],
    ['1989-12-31T23:59:59.999999Z', 'time_out_of_range'],
    [1_795_327_200, 'time_out_of_range'],
    ['2026-11-22T06:00:00', 'invalid_time'],
    [1.5, 'invalid_time'],
    [true, 'invalid_time'],
  ])('occurred_at %p: %p', async (occurred_at, code) => {
    const [outcome] = await new IntakeKit().when(event({ occurred_at }));
    expect(outcome?.status === 'rejected' ? outcome.refusal.code : null).toBe(code);
  });
  test('other times may lie ahead, as far as ClickHouse can hold them', async () => {
    const approval = (expires_at: unknown): object => ({
      event_type: 'approval.requested',
      occurred_at: NOW,
      source: { system: 's' },
      actor: { type: 'agent', id: 'a' },
      approval_id: 'x',
      approval: { expires_at },
    });
    expect((await new IntakeKit().record(approval('2031-01-01T00:00:00Z'))).approval.expires_at).toBe(
      1_924_992_000_000_000,
    );
    expect((await new IntakeKit().rejects(approval('9999-12-31T00:00:00Z'))).refusal).toMatchObject({
      code: 'time_out_of_range',
      path: '/approval/expires_at',
    });
  });
});

test.each<[object, string]>([
  [{ run_id: 'a\u0000b' }, '/run_id'],
  [{ on_behalf_of: [{ type: 'human', id: 'a', issuer: '\u0000' }] }, '/on_behalf_of/0/issuer'],
  [{ details: { x_a: '\u0000' } }, '/details/x_a'],
  [{ labels: ['\u0000'] }, '/labels/0'],
])('a zero byte separates the parts of keys, so it is in no string but bodies: %j', async (given, path) => {
  expect((await new IntakeKit().rejects(event({ ...given }))).refusal).toMatchObject({ code: 'invalid_value', path });
  expect(
    (
      await new IntakeKit().record(
        event({
          content: [
            { role: 'output', text: 'a\u0000b' },
            { role: 'output', json: ['\u0000'] },
          ],
        }),
      )
    ).content,
  ).toHaveLength(2);
});

describe('ends of links that are events', () => {
  const link = (more: object): object => ({
    event_type: 'link.asserted',
    occurred_at: NOW,
    source: { system: 'shop' },
    actor: { type: 'system', id: 'shop' },
    link: { link_id: 'l', kind: 'effect_confirmation', from_id: 'agent:e-1', to_id: 'sap:doc:7', ...more },
  });
  const codeOf = async (input: object): Promise<unknown> => {
    const [outcome] = await new IntakeKit().when(input);
    return outcome?.status === 'accepted' ? 'accepted' : [outcome?.refusal.code, outcome?.refusal.path];
  };
  test.each<[string, object, unknown]>([
    ['keys', { from_kind: 'event', to_kind: 'event' }, 'accepted'],
    ['keys, without their kinds', {}, 'accepted'],
    ['an id alone', { from_kind: 'event', to_kind: 'event', to_id: 'doc' }, ['invalid_value', '/link/to_id']],
    ['an id alone, without kinds', { from_id: 'e-1' }, ['invalid_value', '/link/from_id']],
    ['a connector that cannot be one', { from_id: 'My Agent:e-1' }, ['invalid_value', '/link/from_id']],
    [
      'runs have no keys',
      { kind: 'trace_run', from_kind: 'trace', from_id: 't', to_kind: 'run', to_id: 'r' },
      'accepted',
    ],
  ])('%s', async (_name, more, answer) => {
    expect(await codeOf(link(more))).toEqual(answer);
  });
});
