import fc from 'fast-check';
import {
  assistant,
  call,
  eventsOf,
  map,
  only,
  record,
  result,
  retail,
  system,
  typesOf,
  user,
} from '../../test/chat.ts';
import { eventProblems } from '../event-problems.ts';
import { type JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';

const mapping = retail();
const bodies = (events: ReturnType<typeof eventsOf>) => events.flatMap((event) => event.content ?? []);

describe('shapes of messages found in the wild', () => {
  test('content as parts: text stays text, an image becomes an attachment, the rest is kept as JSON', () => {
    const events = eventsOf(
      mapping,
      record([
        user([
          { type: 'text', text: 'look' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
          { type: 'input_audio', input_audio: { id: 7 } },
        ]),
      ]),
    );
    expect(only(events, 'interaction.prompt.submitted').content).toEqual([
      { role: 'input', media_type: 'text/plain', text: 'look' },
      { role: 'attachment', media_type: 'image/png', data_base64: 'iVBORw0KGgo=' },
      { role: 'attachment', media_type: 'application/json', text: '{"type":"input_audio","input_audio":{"id":7}}' },
    ]);
  });

  test('a legacy function_call and its function message are a pair by name', () => {
    const events = eventsOf(
      mapping,
      record([
        {
          role: 'assistant',
          content: null,
          function_call: { name: 'get_order_details', arguments: '{"order_id":"W1"}' },
        },
        { role: 'function', name: 'get_order_details', content: '{}' },
      ]),
    );
    expect(only(events, 'object.read').object_refs).toEqual([
      { system: 'shop', type: 'order', id: 'W1', role: 'read' },
    ]);
  });

  test('flat calls with arguments as an object', () => {
    const events = eventsOf(
      mapping,
      record([
        { role: 'assistant', tool_calls: [{ id: 'c', name: 'get_order_details', arguments: { order_id: 'W1' } }] },
        { role: 'tool', id: 'c', content: '{}' },
      ]),
    );
    expect(only(events, 'tool.call.completed').call_id).toBe('demo/1/0/0/0');
    expect(only(events, 'tool.call.requested').content).toEqual([
      { role: 'tool_args', media_type: 'application/json', text: '{"order_id":"W1"}' },
    ]);
  });

  test('parallel calls are answered in any order; a repeated id answers the earliest open call', () => {
    const read = (id: string, order: string) => call(id, 'get_order_details', { order_id: order });
    const events = eventsOf(
      mapping,
      record([
        assistant(null, read('a', 'W1'), read('b', 'W2'), read('a', 'W3')),
        result('b', '{}'),
        result('a', '{}'),
        result('a', '{}'),
      ]),
    );
    expect(
      events
        .filter((event) => event.event_type === 'object.read')
        .map((event) => [event.call_id, event.object_refs?.[0]?.id]),
    ).toEqual([
      ['demo/1/0/0/1', 'W2'],
      ['demo/1/0/0/0', 'W1'],
      ['demo/1/0/0/2', 'W3'],
    ]);
  });

  test('a result without a call, or before it, is an event of its own and answers nothing', () => {
    const mapped = map(
      mapping,
      record([result('c', 'early', 'get_order_details'), assistant(null, call('c', 'think', {}))]),
    );
    if (mapped.status !== 'mapped') throw new Error(mapped.code);
    expect(typesOf(mapped.events)).toEqual([
      'run.started',
      'tool.call.completed',
      'model.call.completed',
      'tool.call.requested',
      'tool.call.completed',
      'run.completed',
    ]);
    expect(mapped.findings.map(({ kind }) => kind)).toEqual([
      'result_without_call',
      'emit_without_object',
      'call_without_result',
    ]);
    expect(new Set(mapped.events.map((event) => event.event_id)).size).toBe(6);
  });

  test('arguments that are no JSON are kept as they came', () => {
    const mapped = map(
      mapping,
      record([
        assistant(null, call('c', 'get_order_details', '{"order_id": "W1"')),
        result('c', 'Error: bad arguments'),
      ]),
    );
    if (mapped.status !== 'mapped') throw new Error(mapped.code);
    expect(only(mapped.events, 'tool.call.requested')).toMatchObject({
      details: { arguments_state: 'unparsable' },
      content: [{ media_type: 'text/plain', text: '{"order_id": "W1"' }],
    });
    expect(mapped.findings.map(({ kind }) => kind)).toEqual(['unparsable_arguments', 'emit_without_object']);
  });

  test('an unknown tool is in the log with tier unknown, and reported', () => {
    const mapped = map(mapping, record([assistant(null, call('c', 'launch_rocket')), result('c', 'ok')]));
    if (mapped.status !== 'mapped') throw new Error(mapped.code);
    expect(only(mapped.events, 'tool.call.completed').tool).toEqual({
      name: 'launch_rocket',
      tier: 'unknown',
      protocol: 'function',
    });
    expect(mapped.findings).toEqual([
      { kind: 'unknown_tool', record_index: 0, message_index: 0, subject: 'launch_rocket' },
    ]);
    expect(
      map(
        retail((yaml) => yaml.replace('unknown_tool: report', 'unknown_tool: reject')),
        record([assistant(null, call('c', 'launch_rocket'))]),
      ),
    ).toMatchObject({ status: 'refused', code: 'unknown_tool' });
  });

  test('a user with tools of their own acts themselves', () => {
    const events = eventsOf(
      mapping,
      record([{ role: 'user', content: null, tool_calls: [call('u', 'reboot_phone')] }, result('u', 'rebooted')]),
    );
    expect(typesOf(events)).toEqual(['run.started', 'tool.call.requested', 'tool.call.completed', 'run.completed']);
    expect(events[1]?.actor.type).toBe('human');
  });

  test('ids keep their digits, whatever JSON makes of them', () => {
    const events = eventsOf(
      mapping,
      record([
        assistant(null, call('c', 'get_order_details', '{"order_id": 12345678901234567890}')),
        result('c', '{}'),
      ]),
    );
    expect(only(events, 'object.read').object_refs?.[0]?.id).toBe('12345678901234567890');
    const linked = eventsOf(mapping, record([assistant(null, call('c', 'find_user_id_by_email')), result('c', '007')]));
    expect((only(linked, 'link.asserted').link as { to_id: string }).to_id).toBe('007');
  });

  test('half a character is kept exactly, as JSON', () => {
    const [body] = bodies(eventsOf(mapping, record([user('a\uD83Db')])));
    expect(body).toEqual({ role: 'input', media_type: 'application/json', text: String.raw`"a\ud83db"` });
  });

  test('a long text is split, never cut', () => {
    const text = `a${'𝒳'.repeat(limits.contentUnits)}`;
    const parts = bodies(eventsOf(mapping, record([user(text)])));
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.every((part) => (part.text ?? '').length <= limits.contentUnits)).toBe(true);
    expect(parts.every((part) => !/\p{Surrogate}/u.test(part.text ?? ''))).toBe(true);
    expect(parts[0]?.transform).toBe(`part 1/${String(parts.length)} of text/plain`);
  });

  test('system messages are the input of the next model call, or of the end when there is none', () => {
    const events = eventsOf(
      mapping,
      record([
        system('first'),
        assistant('a'),
        system('later'),
        assistant('b'),
        { role: 'developer', content: 'last' },
      ]),
    );
    expect(
      events
        .map((event) => [
          event.event_type,
          (event.content ?? []).filter(({ role }) => role === 'system').map(({ text }) => text),
        ])
        .filter(([, texts]) => texts?.length),
    ).toEqual([
      ['model.call.completed', ['first']],
      ['model.call.completed', ['later']],
      ['run.completed', ['last']],
    ]);
  });
});

describe('what nothing matches', () => {
  const odd = record([user('hi'), { role: 'critic', content: 'hm' }, 'just a string']);

  test('is kept on the last event and reported', () => {
    const mapped = map(mapping, odd);
    if (mapped.status !== 'mapped') throw new Error(mapped.code);
    expect(only(mapped.events, 'run.completed').content?.map(({ role, text }) => [role, text])).toEqual([
      ['original', '{"role":"critic","content":"hm"}'],
      ['original', '"just a string"'],
    ]);
    expect(mapped.findings.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['unmatched_message', 'unknown_role'],
      ['unmatched_message', 'not_an_object'],
    ]);
  });

  test('is kept as one list when there is too much of it', () => {
    const events = eventsOf(mapping, record(Array.from({ length: 30 }, (_, index) => index)));
    expect(JSON.parse(only(events, 'run.completed').content?.[0]?.text ?? '')).toHaveLength(30);
  });

  test('or refused with its record, or an event of the named type', () => {
    expect(
      map(
        retail((yaml) => `${yaml}\non_unmatched: reject`),
        odd,
      ),
    ).toMatchObject({ status: 'refused', code: 'unmatched' });
    const kept = eventsOf(
      retail((yaml) => `${yaml}\non_unmatched: {keep_as: step.planned}`),
      odd,
    );
    expect(typesOf(kept).filter((type) => type === 'step.planned')).toHaveLength(2);
  });

  test.each<[string, JsonValue]>([
    ['null', null],
    ['a string', 'x'],
    ['a list', [1]],
    ['without messages', { task_id: 1, trial: 0 }],
    ['messages that are text', { task_id: 1, trial: 0, traj: 'x' }],
  ])('a record that is %s becomes a failed run with its original', (_name, value) => {
    const events = eventsOf(mapping, value);
    expect(typesOf(events)).toEqual(['run.started', 'run.failed']);
    expect(events[1]).toMatchObject({
      run: { error_type: 'unmatched_record' },
      content: [{ role: 'original', text: JSON.stringify(value) }],
    });
  });

  test('a record without the ids it needs is named by its place', () => {
    const mapped = map(mapping, { traj: [user('hi')] }, { recordIndex: 4 });
    expect(mapped).toMatchObject({
      status: 'mapped',
      runId: 'demo/record-4',
      findings: [{ kind: 'run_id_assigned', record_index: 4 }],
    });
  });

  test('a run id that is too long is refused', () => {
    expect(map(mapping, { task_id: 'x'.repeat(200), trial: 0, traj: [] })).toMatchObject({
      status: 'refused',
      code: 'run_id_too_long',
    });
  });
});

describe('bounds', () => {
  test('more messages or calls than the limit refuse the record', () => {
    expect(map(mapping, record(Array.from({ length: limits.messagesPerRecord + 1 }, () => user('x'))))).toMatchObject({
      status: 'refused',
      code: 'record_work_exceeded',
    });
    expect(
      map(
        mapping,
        record([assistant(null, ...Array.from({ length: limits.callsPerMessage + 1 }, () => call('c', 'think')))]),
      ),
    ).toMatchObject({ status: 'refused', code: 'record_work_exceeded' });
  });

  test('more objects than one event may name become more events', () => {
    const wide = retail((yaml) => yaml.replace('{order: $args.order_id}}]}', '{order: "$args.ids[*]"}}]}'));
    const ids = Array.from({ length: 250 }, (_, index) => `W${String(index)}`);
    const mapped = map(wide, record([assistant(null, call('c', 'get_order_details', { ids })), result('c', '{}')]));
    if (mapped.status !== 'mapped') throw new Error(mapped.code);
    const reads = mapped.events.filter((event) => event.event_type === 'object.read');
    expect(reads.flatMap((event) => event.object_refs?.map(({ id }) => id) ?? [])).toEqual(ids);
    expect(mapped.findings.map(({ kind }) => kind)).toContain('objects_beyond_limit');
    expect(new Set(mapped.events.map((event) => event.event_id)).size).toBe(mapped.events.length);
  });

  test('for_each composes at most its limit of events, and says so', () => {
    const each = retail((yaml) =>
      yaml.replace(
        'object: {order: $args.order_id}}]}',
        'for_each: {path: "$args.ids[*]", as: one}, object: {order: $one}}]}',
      ),
    );
    const mapped = map(
      each,
      record([
        assistant(null, call('c', 'get_order_details', { ids: Array.from({ length: 300 }, (_, index) => index) })),
        result('c', '{}'),
      ]),
    );
    if (mapped.status !== 'mapped') throw new Error(mapped.code);
    expect(mapped.events.filter((event) => event.event_type === 'object.read')).toHaveLength(limits.emitsPerCall);
    expect(mapped.findings.map(({ kind }) => kind)).toContain('emits_beyond_limit');
  });
});

const names = fc.constantFrom(
  'get_order_details',
  'cancel_pending_order',
  'transfer_to_human_agents',
  'think',
  'find_user_id_by_email',
  'other',
  'constructor',
  '__proto__',
  '',
);
const labels = fc.constantFrom('a', 'b', 'c', '');
const contents = fc.oneof(
  fc.string(),
  fc.constant(null),
  fc.jsonValue() as fc.Arbitrary<JsonValue>,
  fc.array(fc.record({ type: fc.constant('text'), text: fc.string() })),
) as fc.Arbitrary<JsonValue>;
const calls = fc.array(
  fc.record({
    id: labels,
    type: fc.constant('function'),
    function: fc.record({
      name: names,
      arguments: fc.oneof(fc.json(), fc.string(), fc.constant('{"order_id":"#W1","summary":"s"}')),
    }),
  }),
  { maxLength: 4 },
);
const anyMessage = fc.oneof(
  fc.record({ role: fc.constantFrom('system', 'developer', 'user'), content: contents }),
  fc.record({ role: fc.constant('assistant'), content: contents, tool_calls: fc.oneof(calls, fc.constant(null)) }),
  fc.record({ role: fc.constant('tool'), tool_call_id: labels, name: names, content: contents }),
  fc.jsonValue(),
) as fc.Arbitrary<JsonValue>;

describe('of any transcript', () => {
  test('every message leaves its mark, every event is valid, every id is its own, and it comes out the same again', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 12 }), (traj) => {
        const value = record(traj);
        const mapped = map(mapping, value);
        if (mapped.status !== 'mapped') throw new Error(mapped.code);
        const { events } = mapped;
        expect(events.flatMap((event) => eventProblems(event).map((problem) => [event.event_type, problem]))).toEqual(
          [],
        );
        expect(new Set(events.map((event) => event.event_id)).size).toBe(events.length);
        expect(JSON.stringify(map(retail(), value))).toBe(JSON.stringify(mapped));
        traj.forEach((message, index) => expect(marksOf(message, index, events)).toBe(true));
      }),
      { numRuns: 150 },
    );
  });
});

/** An event whose place is the message's, or, for what is carried along, its body somewhere in the run. */
function marksOf(message: JsonValue, index: number, events: ReturnType<typeof eventsOf>): boolean {
  const {
    role,
    content,
    tool_calls: asked,
  } = (typeof message === 'object' && message !== null ? message : {}) as {
    role?: string;
    content?: JsonValue;
    tool_calls?: JsonValue[] | null;
  };
  const placed = events.filter((event) => event.source.origin_event_id.startsWith(`demo/1/0/${String(index)}/`));
  if (role === 'system' || role === 'developer')
    return (
      content === null ||
      content === '' ||
      Array.isArray(content) ||
      bodies(events).some((body) => body.role === 'system')
    );
  if (role === 'assistant')
    return (
      placed.some((event) => event.event_type === 'model.call.completed') &&
      placed.filter((event) => event.event_type === 'tool.call.requested').length === (asked?.length ?? 0)
    );
  if (role === 'user' || role === 'tool') return placed.length > 0;
  return bodies(events).some((body) => body.role === 'original');
}
