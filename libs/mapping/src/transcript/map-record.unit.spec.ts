import {
  assistant,
  call,
  eventsOf,
  map,
  only,
  record,
  result,
  retail,
  START,
  system,
  typesOf,
  user,
} from '../../test/chat.ts';
import { eventProblems } from '../event-problems.ts';

const mapping = retail();
const ORDER = '#W2378156';
const cancelled = record([
  system('policy'),
  user('Cancel my order.'),
  assistant(null, call('c1', 'find_user_id_by_email', { email: 'ada@example.com' })),
  result('c1', 'ada_miller_1001'),
  assistant('One moment.', call('c2', 'cancel_pending_order', { order_id: ORDER })),
  result('c2', '{"status": "cancelled"}'),
  assistant('Done.'),
]);

describe('a run', () => {
  const events = eventsOf(mapping, cancelled);

  test('becomes past-tense events in the order of its messages', () => {
    expect(typesOf(events)).toEqual([
      'run.started',
      'interaction.prompt.submitted',
      'model.call.completed',
      'tool.call.requested',
      'tool.call.completed',
      'link.asserted',
      'model.call.completed',
      'interaction.response.delivered',
      'tool.call.requested',
      'tool.call.completed',
      'object.changed',
      'model.call.completed',
      'interaction.response.delivered',
      'run.completed',
    ]);
  });

  test('all of which the catalogue allows', () => {
    expect(events.flatMap((event) => eventProblems(event).map((problem) => [event.event_type, problem]))).toEqual([]);
  });

  test('carries its case, session and mapping on each event', () => {
    for (const event of events) {
      expect(event).toMatchObject({
        run_id: 'demo/1/0',
        session_id: 'demo/1/0',
        case_refs: [{ system: 'helpdesk', type: 'ticket', id: 'demo/1/0' }],
        source: {
          system: 'retail-agent',
          origin_format: 'import',
          mapping_id: 'retail-agent',
          mapping_version: '3',
          mapping_hash: 'ab'.repeat(32),
        },
      });
    }
  });

  test('has readable ids made of places, each once', () => {
    expect(new Set(events.map((event) => event.event_id)).size).toBe(events.length);
    expect(events.map((event) => event.event_id)).toContain('retail-agent:demo/1/0/5/result');
    expect(events.every((event) => /^[\w:~/@+=,.-]{1,200}$/.test(event.event_id))).toBe(true);
  });

  test('has assigned times, one step apart, marked so', () => {
    expect(events.map((event) => event.occurred_at)).toEqual(
      events.map((_, index) => `2026-11-22T06:00:${String(index).padStart(2, '0')}.000000Z`),
    );
    expect(events.every((event) => event.time_basis === 'assigned' && event.time_precision_us === 1_000_000)).toBe(
      true,
    );
  });

  test('joins one action by its call id, and each event to its cause', () => {
    const action = events.filter((event) => event.call_id === 'demo/1/0/4/0');
    expect(typesOf(action)).toEqual(['tool.call.requested', 'tool.call.completed', 'object.changed']);
    expect(action[1]?.causation_id).toBe(action[0]?.event_id);
    expect(action[2]?.causation_id).toBe(action[1]?.event_id);
    const ids = new Set(events.map((event) => event.event_id));
    for (const event of events) if (event.causation_id !== undefined) expect(ids).toContain(event.causation_id);
  });

  test('says what happened to an object, and only when it happened', () => {
    const [requested, completed, changed] = events.filter((event) => event.call_id === 'demo/1/0/4/0');
    expect(requested?.object_refs).toEqual([{ system: 'shop', type: 'order', id: ORDER, role: 'subject' }]);
    expect(completed?.object_refs).toEqual([{ system: 'shop', type: 'order', id: ORDER, role: 'updated' }]);
    expect(changed).toMatchObject({
      effect_id: 'demo/1/0/4/0/0',
      effect: { kind: 'update', target_system: 'shop' },
      tool: { name: 'cancel_pending_order', tier: 'write', protocol: 'function' },
      outcome: { status: 'success' },
      object_refs: [{ role: 'updated' }],
    });
  });

  test('keeps every body once, under its role', () => {
    const bodies = events.flatMap((event) => event.content ?? []).map((item) => [item.role, item.text]);
    expect(bodies).toEqual([
      ['input', 'Cancel my order.'],
      ['system', 'policy'],
      ['tool_args', '{"email":"ada@example.com"}'],
      ['tool_result', 'ada_miller_1001'],
      ['output', 'One moment.'],
      ['shown', 'One moment.'],
      ['tool_args', `{"order_id":"${ORDER}"}`],
      ['tool_result', '{"status": "cancelled"}'],
      ['output', 'Done.'],
      ['shown', 'Done.'],
    ]);
  });

  test('counts itself for the completeness of the record', () => {
    expect(only(events, 'run.completed').run).toEqual({
      expected_model_calls: 3,
      expected_tool_calls: 2,
      expected_effects: 1,
    });
  });

  test('comes out the same every time', () => {
    expect(JSON.stringify(eventsOf(retail(), structuredClone(cancelled)))).toBe(JSON.stringify(events));
  });
});

describe('people', () => {
  test('the expected customer stands behind every event of the agent, and types the prompts', () => {
    const events = eventsOf(mapping, cancelled);
    for (const event of events) {
      if (event.event_type === 'interaction.prompt.submitted')
        expect(event.actor).toEqual({
          type: 'human',
          id: 'ada_miller_1001',
          issuer: 'shop',
          assurance: 'asserted',
          relation: 'customer',
        });
      else
        expect(event.on_behalf_of).toEqual([
          { type: 'human', id: 'ada_miller_1001', issuer: 'shop', relation: 'customer' },
        ]);
    }
  });

  test('another customer than the expected one stays visible as authenticated, from then on', () => {
    const events = eventsOf(
      mapping,
      record([
        user('hi'),
        assistant(null, call('c', 'find_user_id_by_email')),
        result('c', 'ben_1'),
        assistant('Hello Ben'),
      ]),
    );
    const link = only(events, 'link.asserted');
    expect(link.link).toEqual({
      link_id: 'demo/1/0/2/link/1/0',
      kind: 'run_user',
      from_kind: 'run',
      from_id: 'demo/1/0',
      to_kind: 'user',
      to_id: 'ben_1',
      to_issuer: 'shop',
      basis: 'source',
      rule_id: 'retail-agent/people/authenticated',
      confidence: 1,
    });
    expect(link.subject_refs).toEqual([{ id: 'ben_1', role: 'authenticated', issuer: 'shop' }]);
    const after = events.slice(events.indexOf(link) + 1);
    expect(
      after.every(
        (event) => event.subject_refs?.[0]?.id === 'ben_1' && event.on_behalf_of?.[0]?.id === 'ada_miller_1001',
      ),
    ).toBe(true);
    expect(events.slice(0, events.indexOf(link)).every((event) => event.subject_refs === undefined)).toBe(true);
  });

  test('when nobody is expected, what follows is on behalf of the authenticated person', () => {
    const events = eventsOf(mapping, {
      task_id: 1,
      trial: 0,
      info: {},
      traj: [user('hi'), assistant(null, call('c', 'find_user_id_by_email')), result('c', 'ben_1'), user('again')],
    });
    expect(events[1]?.actor).toMatchObject({ type: 'human', id: 'demo/1/0/user', assurance: 'unknown' });
    expect(events.at(-2)?.actor).toMatchObject({ type: 'human', id: 'ben_1', issuer: 'shop' });
    expect(events.at(-1)?.on_behalf_of).toEqual([{ type: 'human', id: 'ben_1', issuer: 'shop', relation: 'customer' }]);
  });

  test('a failed search authenticates nobody; a repeated one asserts no second link', () => {
    const find = (id: string) => assistant(null, call(id, 'find_user_id_by_email'));
    const events = eventsOf(
      mapping,
      record([
        find('a'),
        result('a', 'Error: user not found'),
        find('b'),
        result('b', 'ada_miller_1001'),
        find('c'),
        result('c', 'ada_miller_1001'),
      ]),
    );
    expect(typesOf(events).filter((type) => type === 'link.asserted')).toHaveLength(1);
  });

  test('objects that are people are marked for the collector', () => {
    const events = eventsOf(
      retail((yaml) =>
        yaml.replace(
          'think:',
          'get_user: {tier: read, emit: [{type: object.read, object: {customer: $args.user_id}}]}\n  think:',
        ),
      ),
      record([assistant(null, call('c', 'get_user', { user_id: 'ada_miller_1001' })), result('c', '{}')]),
    );
    expect(only(events, 'object.read').object_refs).toEqual([
      { system: 'shop', type: 'customer', id: 'ada_miller_1001', role: 'read', person: true },
    ]);
  });
});

describe('how tool calls end', () => {
  const ended = (content: string) =>
    eventsOf(
      mapping,
      record([assistant(null, call('c', 'cancel_pending_order', { order_id: ORDER })), result('c', content)]),
    );

  test.each(['Error: order not found', '{\n "error": "no such order"}', '{"error": {"code": 3}}'])(
    '%j is a failure, and nothing changed',
    (content) => {
      const events = ended(content);
      expect(only(events, 'tool.call.failed')).toMatchObject({
        outcome: { status: 'failure', code: 'tool_error' },
        details: { error_type: 'tool_error' },
        object_refs: [{ role: 'subject' }],
      });
      expect(typesOf(events)).not.toContain('object.changed');
    },
  );

  test.each(['{"error": null}', '{"status": "ok"}', 'no Error here', ''])('%j is a success', (content) => {
    expect(typesOf(ended(content))).toContain('object.changed');
  });

  test('a rule without only_if speaks either way, with the outcome of its call', () => {
    const events = eventsOf(
      mapping,
      record([
        assistant(null, call('c', 'get_order_details', { order_id: ORDER })),
        result('c', 'Error: order not found'),
      ]),
    );
    expect(only(events, 'object.read').outcome).toEqual({ status: 'failure', code: 'tool_error' });
  });

  test('an escalation has its reason as content and marks the run', () => {
    const events = eventsOf(
      mapping,
      record([
        assistant(null, call('c', 'transfer_to_human_agents', { summary: 'wants a person' })),
        result('c', 'Transfer successful'),
      ]),
    );
    expect(only(events, 'escalation.raised').content).toEqual([
      { role: 'reason', media_type: 'text/plain', text: 'wants a person' },
    ]);
    expect(only(events, 'run.completed').outcome).toEqual({ status: 'escalated' });
  });

  test('a call that nothing answers has an unknown outcome, never a success', () => {
    const mapped = map(mapping, record([assistant(null, call('c', 'cancel_pending_order', { order_id: ORDER }))]));
    if (mapped.status !== 'mapped') throw new Error(mapped.code);
    expect(only(mapped.events, 'tool.call.completed')).toMatchObject({
      outcome: { status: 'unknown', code: 'no_result' },
      details: { result_state: 'missing' },
    });
    expect(typesOf(mapped.events)).not.toContain('object.changed');
    expect(mapped.findings.map(({ kind }) => kind)).toEqual(['call_without_result']);
  });
});

describe('runs that ended badly', () => {
  test('an aborted run with nothing else becomes run.started and run.failed, its prose as content', () => {
    const events = eventsOf(mapping, record([], { info: { error: 'ConnectionResetError: reset by peer' } }));
    expect(typesOf(events)).toEqual(['run.started', 'run.failed']);
    expect(events[1]).toMatchObject({
      outcome: { status: 'failure', code: 'reported_by_source' },
      run: { error_type: 'reported_by_source' },
      content: [{ role: 'reason', text: 'ConnectionResetError: reset by peer' }],
    });
    expect(JSON.stringify({ ...events[1], content: [] })).not.toContain('reset by peer');
  });

  test('the first rule that holds names the code; a structured error is kept whole', () => {
    const coded = retail((yaml) =>
      yaml.replace(
        'failed_when: {path: $.info.error, reason: $.info.error}',
        'failed_when: [{path: $.info.error.kind, equals: timeout, code: timed_out, reason: $.info.error}, {path: ' +
          '$.info.error, code: aborted}]',
      ),
    );
    const failed = only(
      eventsOf(coded, record([user('hi')], { info: { error: { kind: 'timeout', after: 30 } } })),
      'run.failed',
    );
    expect(failed).toMatchObject({
      run: { error_type: 'timed_out' },
      content: [{ role: 'reason', media_type: 'application/json', text: '{"kind":"timeout","after":30}' }],
    });
    expect(only(eventsOf(coded, record([], { info: { error: 'other' } })), 'run.failed').run).toMatchObject({
      error_type: 'aborted',
    });
  });

  test('two aborted runs without a user stay two runs', () => {
    const aborted = (task: number) => eventsOf(mapping, { task_id: task, trial: 0, info: { error: 'x' }, traj: [] });
    expect(aborted(1)[1]?.event_id).not.toBe(aborted(2)[1]?.event_id);
  });

  test('a stopped run is run.stopped', () => {
    const stopping = retail((yaml) =>
      yaml.replace('  case:', '  stopped_when: {path: $.end, equals: max_steps, code: max_steps}\n  case:'),
    );
    expect(only(eventsOf(stopping, record([user('hi')], { end: 'max_steps' })), 'run.stopped')).toMatchObject({
      outcome: { status: 'cancelled', code: 'max_steps' },
      run: { end_reason: 'max_steps' },
    });
  });
});

test('assigned times need a start', () => {
  expect(map(mapping, cancelled, { startMicros: undefined })).toMatchObject({
    status: 'refused',
    code: 'start_time_missing',
  });
});

test('runs in sequence begin where the one before ended', () => {
  const mapped = map(
    retail((yaml) => yaml.replace('step_ms: 1000', 'step_ms: 1000, runs: in_sequence')),
    cancelled,
  );
  expect(mapped).toMatchObject({ nextStartMicros: START + 14 * 1_000_000 });
});
