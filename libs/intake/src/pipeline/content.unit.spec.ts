import { type CaptureLevel } from './ports.ts';
import { event, IntakeKit, SECRET } from '../testing/intake-kit.ts';

const content = (...refs: object[]): Record<string, unknown> => event({ run_id: 'r-1', content: refs });

describe('bodies', () => {
  test('are sealed as they came and referred to', async () => {
    const kit = new IntakeKit();
    const { event: planned, contents } = await kit.accepts(
      content(
        { role: 'input', text: 'grüß' },
        { role: 'output', json: { b: 1, a: [1.5, null, 'x'] } },
        { role: 'attachment', media_type: 'image/png', data_base64: 'iVBORw==' },
      ),
    );
    expect(planned.record.content).toMatchObject([
      { role: 'input', capture: 'full', media_type: 'text/plain', size_bytes: 6 },
      { role: 'output', capture: 'full', media_type: 'application/json', size_bytes: 26 },
      { role: 'attachment', capture: 'full', media_type: 'image/png', size_bytes: 4 },
    ]);
    expect(kit.sealed.map(({ text }) => text)).toEqual(['grüß', '{"b":1,"a":[1.5,null,"x"]}', 'binary']);
    expect(planned.record.content.map(({ content_id }) => content_id)).toEqual(
      contents.map(({ content_id }) => content_id),
    );
    expect(JSON.stringify(planned.record)).not.toContain('grüß');
  });
  test.each<[object, string]>([
    [{ root_run_id: 'root', run_id: 'r', session_id: 's' }, 'run:root'],
    [{ run_id: 'r', session_id: 's' }, 'run:r'],
    [{ run_id: undefined, session_id: 's' }, 'session:s'],
    [{ run_id: undefined }, 'source_day:shop/2026-11-22'],
  ])('of %j have the scope %s', async (ids, scope) => {
    const kit = new IntakeKit();
    await kit.accepts({ ...content({ role: 'input', text: 'x' }), ...ids });
    expect(kit.sealed.map(({ scope: { kind, id } }) => `${kind}:${id}`)).toEqual([scope]);
  });
  test.each<[string, object]>([
    ['nothing', { role: 'input' }],
    ['two bodies', { role: 'input', text: 'x', data_base64: 'eA==' }],
    ['full without a body', { role: 'input', capture: 'full' }],
    ['bad base64', { role: 'input', data_base64: 'eA' }],
    ['a wrong size', { role: 'input', text: 'x', size_bytes: 2 }],
  ])('%s is no content', async (_name, ref) =>
    expect((await new IntakeKit().rejects(content(ref))).refusal.code).toBe('content_invalid'),
  );
  test('512 KiB are taken, a byte more is refused and never cut', async () => {
    expect(
      (await new IntakeKit().record(content({ role: 'input', text: 'x'.repeat(524_288) }))).content[0]?.size_bytes,
    ).toBe(524_288);
    expect(
      (await new IntakeKit().rejects(content({ role: 'input', text: 'x'.repeat(524_289) }))).refusal,
    ).toMatchObject({ code: 'content_too_large', path: '/content/0' });
  });
  test('late content of an erased run does not come back; its event does', async () => {
    const record = await new IntakeKit({ erased: ['r-1'] }).record(content({ role: 'input', text: 'x' }));
    expect(record.content[0]).toMatchObject({
      capture: 'none',
      content_id: '',
      size_bytes: null,
      transform: 'key_destroyed',
    });
  });
  test('a dry run seals nothing', async () => {
    const kit = new IntakeKit({ ports: { vault: null } });
    const { contents } = await kit.accepts({
      ...content({ role: 'input', text: 'x' }),
      actor: { type: 'human', id: 'ada' },
    });
    expect([contents, kit.sealed]).toEqual([[], []]);
  });
});

describe('capture level', () => {
  const levels: [CaptureLevel, object, object][] = [
    ['full', {}, { capture: 'full', size_bytes: 1, media_type: 'text/plain' }],
    ['full', { capture: 'metadata' }, { capture: 'metadata', size_bytes: 1, media_type: 'text/plain', content_id: '' }],
    ['metadata', { capture: 'full' }, { capture: 'metadata', size_bytes: 1, content_id: '' }],
    ['none', { capture: 'full' }, { capture: 'none', size_bytes: null, media_type: '', content_id: '' }],
    ['metadata', { capture: 'none' }, { capture: 'none', size_bytes: null, content_id: '' }],
    ['full', { capture: 'masked' }, { capture: 'masked', size_bytes: 1 }],
  ];
  test.each(levels)('policy %s, asked %j: %j', async (level, asked, applied) => {
    const kit = new IntakeKit({ ports: { capturePolicy: () => level } });
    expect((await kit.record(content({ role: 'input', text: 'x', ...asked }))).content[0]).toMatchObject(applied);
  });
  test('metadata may come without a body', async () => {
    expect(
      (
        await new IntakeKit().record(
          content({ role: 'input', capture: 'metadata', size_bytes: 99, media_type: 'text/html' }),
        )
      ).content[0],
    ).toMatchObject({ capture: 'metadata', size_bytes: 99, media_type: 'text/html', content_id: '' });
  });
});

describe('secrets', () => {
  test('in bodies are masked, and an event says where and which', async () => {
    const kit = new IntakeKit();
    const given = content(
      { role: 'input', text: `use ${SECRET} or ${SECRET}!` },
      { role: 'output', text: 'clean' },
      { role: 'tool_args', json: { key: SECRET, list: [`a${SECRET}b`], [SECRET]: { n: 1 } } },
      { role: 'document', media_type: 'text/csv', data_base64: Buffer.from(`a;${SECRET}`).toString('base64') },
      { role: 'attachment', data_base64: Buffer.from([255, 0, 1]).toString('base64') },
    );
    const { event: planned, side_events } = await kit.accepts({
      ...given,
      case_refs: [{ system: 'h', id: 'T-1' }],
      on_behalf_of: [{ type: 'human', id: 'ada' }],
    });
    const bodies = kit.sealed.filter(({ scope }) => scope.kind === 'run').map(({ text }) => text);
    expect(bodies).toEqual([
      'use [secret:toy] or [secret:toy]!',
      'clean',
      '{"key":"[secret:toy]","list":["a[secret:toy]b"],"[secret:toy]":{"n":1}}',
      'a;[secret:toy]',
      'binary',
    ]);
    expect(planned.record.content.map(({ capture, transform }) => [capture, transform])).toEqual([
      ['masked', 'mask'],
      ['full', ''],
      ['masked', 'mask'],
      ['masked', 'mask'],
      ['full', ''],
    ]);
    expect(side_events).toHaveLength(1);
    expect(side_events[0]).toMatchObject({
      topic: 'audit.control.v1',
      record: {
        event_id: 'retail:e-1#masked',
        event_type: 'content.transformed',
        causation_id: 'retail:e-1',
        tenant_id: 'acme',
        run_id: 'r-1',
        case_refs: [{ system: 'h', id: 'T-1' }],
        stream_id: 'collector/instance/boot',
        time_basis: 'assigned',
        occurred_at: planned.record.occurred_at,
        transformation: {
          method: 'mask',
          spans: [
            { path: '/content/0', category: 'toy', count: 2 },
            { path: '/content/2', category: 'toy', count: 3 },
            { path: '/content/3', category: 'toy', count: 1 },
          ],
        },
        inspection: { detector_id: 'toy-scanner', detector_version: '1', verdict: 'transformed' },
        details: { target_event_id: 'retail:e-1' },
      },
    });
  });
  test('found again say the same fact', async () => {
    const masked = async (now: number): Promise<unknown> =>
      (await new IntakeKit({ ports: { clock: () => now } }).accepts(content({ role: 'input', text: SECRET })))
        .side_events[0]?.record.fact_hash;
    expect(await masked(1_795_413_600_000_000)).toBe(await masked(1_795_413_999_000_000));
  });
  test.each<[string, object, string]>([
    ['an id', { call_id: `x${SECRET}` }, '/call_id'],
    ['a label', { labels: ['a', SECRET] }, '/labels/1'],
    ['a value of details', { details: { x_note: SECRET } }, '/details/x_note'],
    ['an object', { object_refs: [{ system: 's', type: 't', id: SECRET }] }, '/object_refs/0/id'],
    ['a name', { actor: { type: 'human', id: 'a', display_name: SECRET } }, '/actor/display_name'],
    ['a media type', { content: [{ role: 'input', text: 'x', media_type: SECRET }] }, '/content/0/media_type'],
    ['the event id', { event_id: SECRET }, '/event_id'],
    ['a raw person id', { on_behalf_of: [{ type: 'human', id: SECRET }] }, '/on_behalf_of/0/id'],
  ])('in %s refuse the event', async (_name, given, path) =>
    expect((await new IntakeKit().rejects(event({ ...given }))).refusal).toMatchObject({
      code: 'secret_in_identifier',
      path,
    }),
  );
  test('every string is looked at, in one scan for the whole request', async () => {
    let scans = 0;
    const seen: string[] = [];
    const scanner = {
      scan: (texts: readonly string[]) => {
        scans += 1;
        seen.push(...texts);
        return Promise.resolve(texts.map(() => []));
      },
    };
    await new IntakeKit({ ports: { scanner } }).when(
      event({
        details: { x_key_name_is_seen: 'value-is-seen' },
        content: [{ role: 'input', json: { deep: [{ keykeykey: 7, textkey: 'leaf-is-seen' }] } }],
      }),
      event({ run_id: 'second-is-seen' }),
    );
    expect(scans).toBe(1);
    expect(seen).toEqual(
      expect.arrayContaining([
        'x_key_name_is_seen',
        'value-is-seen',
        'textkey=leaf-is-seen',
        'keykeykey',
        'second-is-seen',
      ]),
    );
  });
  test('two keys that are masked alike stay two', async () => {
    const kit = new IntakeKit();
    await kit.accepts(content({ role: 'input', json: { [`${SECRET}`]: 1, '[secret:toy]': 2 } }));
    expect(kit.sealed[0]?.text).toBe('{"[secret:toy]_2":1,"[secret:toy]":2}');
  });
  test('a scanner that could not look stops everything, and nothing is sealed', async () => {
    const kit = new IntakeKit({ ports: { scanner: { scan: () => Promise.reject(new Error('down')) } } });
    await expect(kit.when(content({ role: 'input', text: 'x' }))).rejects.toThrow('down');
    expect(kit.sealed).toEqual([]);
  });
});
