import { type Part, PARTS } from '../../runs/coverage.ts';
import { type JsonSchema } from './record-schema.ts';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const whole = (description: string): JsonSchema => ({ type: 'integer', description });
const yes = (description: string): JsonSchema => ({ type: 'boolean', description });
const nullable = (schema: JsonSchema): JsonSchema => ({ ...schema, nullable: true });
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const list = (items: JsonSchema, description?: string): JsonSchema => ({
  type: 'array',
  items,
  ...(description !== undefined && { description }),
});
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const eventIds = (description: string): JsonSchema => list({ type: 'string' }, description);
const cost = list(object({ currency: text('ISO 4217'), amount: text('decimal with twelve places') }));

const rows = list(ref('Row'));

const usage = object({
  input_tokens: whole('of the calls; where none says, of the runs'),
  output_tokens: whole(''),
  cached_tokens: whole(''),
  reasoning_tokens: whole(''),
  cost,
});

const node: JsonSchema = object({
  id: text('names the node in this run'),
  kind: text('run, step, prompt, model_call, tool_call, policy, approval, effect, confirmation, …'),
  title: text('names, codes and ids of things'),
  lane: nullable(text('id of its lane; null for a step or run that others only name')),
  run_id: nullable(text('run')),
  step_id: nullable(text('step')),
  call_id: nullable(text('call')),
  started_at: nullable(text('RFC 3339')),
  elapsed_ms: nullable(whole('since the node before it in the whole run')),
  duration_ms: nullable(whole('as the source measured it, else between its events')),
  outcome: nullable(
    object({ status: text('how it ended'), code: nullable(text('code')), reason: nullable(text('a code')) }),
  ),
  event_ids: eventIds('the events that it is made of'),
  order_uncertain: yes('of one of its events'),
  late: yes('of one of its events'),
  conflict: yes('of one of its events'),
  children: list(ref('RunNode')),
});
const runNode: JsonSchema = {
  ...node,
  properties: { ...node.properties, via: eventIds('the links by which alone its events are here') },
};
const links = list({ type: 'object' }, 'the links that via and linked name, as they stood then');

export const agreement: JsonSchema = {
  type: 'string',
  enum: ['matched', 'mismatched', 'unobserved', 'denied_nothing_executed', 'executed_without_decision'],
};

const part = object({
  status: { type: 'string', enum: ['recorded', 'missing', 'not_needed', 'unknown'] },
  events: whole('events'),
  expected: nullable(whole('as the sources of the runs count it')),
  reasons: list(object({ code: text('why'), count: whole('how many'), event_ids: eventIds('the first of them') })),
});

const action = object({
  kind: text('of the node that it is called after'),
  title: text('name'),
  lane: text('lane'),
  at: text('first event'),
  run_id: nullable(text('')),
  step_id: nullable(text('')),
  call_id: nullable(text('')),
  effect_id: nullable(text('')),
  decision_id: nullable(text('')),
  approval_id: nullable(text('')),
  agreement,
  reasons: list({ type: 'string' }, 'codes'),
  attempted: eventIds('what was asked for'),
  decided: eventIds('policies'),
  approved: eventIds('approvals'),
  executed: eventIds('how the call ended'),
  effects: eventIds('effects'),
  confirmed: eventIds('what the system of record says'),
});

const comparison = object({
  verdict: { type: 'string', enum: ['same', 'different', 'not_comparable', 'not_recorded'] },
  basis: nullable(text('mac, content_id, content')),
  reason: nullable(text('why it cannot be said')),
});

const diffSide = object({
  title: text('as in the tree'),
  run_id: text('run'),
  at: text('when it began'),
  event_ids: eventIds('its events'),
  facts: { type: 'object', description: 'codes, names, numbers, ids', additionalProperties: true },
  failed: yes('failed, timed out or was denied'),
});

const side = {
  ...object({
    run_id: text('run'),
    status: text('how it ended'),
    usage,
    links: list({ type: 'object' }, 'by which rows of it are here'),
    completeness: ref('Completeness'),
  }),
  additionalProperties: true,
};

/** What the answers about runs are made of, for `components.schemas`. */
export const runSchemas: Readonly<Record<string, JsonSchema>> = {
  RunNode: runNode,
  RunCoverage: object(Object.fromEntries(PARTS.map((name: Part) => [name, part]))),
  RunAction: action,
  Run: object({
    run: {
      ...object({
        run_id: text('run'),
        status: { type: 'string', enum: ['completed', 'failed', 'stopped', 'open'] },
        started_at: text('RFC 3339'),
        ended_at: nullable(text('RFC 3339')),
        duration_ms: nullable(whole('')),
        error_type: nullable(text('class of the error')),
        end_reason: nullable(text('why it ended')),
        usage,
        linked: list(
          object({
            kind: text('session, person, case, object'),
            id: text('as timelines name it'),
            issuer: text('of a person'),
            link_id: text('the link'),
          }),
          'what links give to the run, whether or not its events say so',
        ),
      }),
      additionalProperties: true,
      description: 'with its ids, agent, models, policies, people, cases, runs below it, counts',
    },
    lanes: list(
      object({
        id: text('lane'),
        kind: text('people, agent, model, control, system'),
        name: text('its name'),
        events: whole('events'),
        first_at: text(''),
        last_at: text(''),
      }),
      'in order of first appearance',
    ),
    steps: list(ref('RunNode')),
    coverage: ref('RunCoverage'),
    actions: list(ref('RunAction')),
    data_used: list(
      { type: 'object' },
      'retrieval, memory, read, tool_call: source, documents, objects, fields, row_count',
    ),
    approvals: list({ type: 'object' }, 'status, approver, threshold, value, unit'),
    gaps: object({ count: whole('gaps of its streams'), listed: list({ type: 'object' }) }),
    links,
    as_of: text('what was visible'),
    completeness: ref('Completeness'),
  }),
  ReplayHeader: object({
    type: text('header'),
    run_id: text('run'),
    as_of: text('what was visible'),
    order: list({ type: 'string' }, 'of the frames'),
    known_by: text('observed_at'),
    linked: list({ type: 'object' }, 'as in Run'),
    links,
    gaps: object({ count: whole('gaps of its streams'), listed: list({ type: 'object' }) }),
    dead_letters: whole('records in no table'),
    caps: list({ type: 'string' }),
  }),
  ReplayFrame: object({
    type: text('frame'),
    frame: whole('from 1'),
    at: text('occurred_at'),
    elapsed_ms: nullable(whole('since the frame before')),
    since_start_ms: whole('since the first'),
    known_at: text(
      'observed_at, or when the log had the link by which it is here: before that nobody could know it from the record',
    ),
    late_by_ms: whole('between the two'),
    lane: text('who acts'),
    event: ref('Row'),
    known_then: object({
      events: whole('frames up to this one that were known at known_at'),
      not_yet: object({
        count: whole('earlier frames that became known later'),
        event_ids: eventIds('the first of them'),
      }),
      policy: nullable({ type: 'object' }),
      agent: nullable({ type: 'object' }),
    }),
    state: object({
      open_calls: list({ type: 'object' }),
      open_approvals: list({ type: 'string' }),
      usage,
      last_outcome: nullable({ type: 'object' }),
    }),
  }),
  ReplayFooter: object({
    type: text('footer'),
    frames: whole('how many'),
    cap_reached: yes('there are further events'),
    hash: text('SHA-256 of all lines before this one'),
  }),
  RunDiff: object({
    a: side,
    b: side,
    entries: list(
      object({
        status: { type: 'string', enum: ['matched', 'changed', 'inserted', 'removed'] },
        kind: text('kind'),
        name: text('what makes two steps the same step'),
        a: nullable(diffSide),
        b: nullable(diffSide),
        changes: list(
          object({
            what: text('fact; arguments and result without values'),
            a: { description: 'value' },
            b: { description: 'value' },
          }),
        ),
        arguments: nullable(comparison),
        result: nullable(comparison),
      }),
      'removed is in a only, inserted in b only',
    ),
    summary: object({ matched: whole(''), changed: whole(''), inserted: whole(''), removed: whole('') }),
    first_divergence: nullable(whole('index of the first entry that is not matched')),
    first_failure: object({ a: nullable(whole('index')), b: nullable(whole('index')) }),
    content_compared: yes('bodies were compared'),
    content_reason: nullable(text('why not')),
    as_of: text('what was visible'),
  }),
  Step: object({
    step: object({
      id: text('as asked'),
      id_kind: { type: 'string', enum: ['event', 'call', 'effect', 'step'] },
      kind: text('kind'),
      title: text('name'),
      lane: text('lane'),
      run_id: nullable(text('run')),
      step_id: nullable(text('step')),
      started_at: text('first event'),
      duration_ms: whole('to the last of what was attempted, allowed and done'),
    }),
    attempted: object({ on_behalf_of: list({ type: 'object' }, 'delegation chain'), events: rows }),
    allowed: object({
      rules: list({ type: 'object' }, 'policy, version, rule, decision, enforcement'),
      approvals: list({ type: 'object' }, 'decision, approver, threshold, value, wait'),
      masked: list({ type: 'object' }, 'path, category, count, method'),
      events: rows,
    }),
    did: object({ events: rows }),
    what_happened_next: object({
      answered: rows,
      caused: rows,
      next_in_run: rows,
      next_in_session: rows,
      later_on_objects: rows,
    }),
    agreement: nullable(agreement),
    reasons: list({ type: 'string' }, 'codes'),
    elsewhere: list(
      { type: 'object' },
      'streams that have the same id beside it, and of which nobody says that they mean it: kind, id, stream_id, events, link',
    ),
    links,
    as_of: text('what was visible'),
    completeness: ref('Completeness'),
  }),
};
