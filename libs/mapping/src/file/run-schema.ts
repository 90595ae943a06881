import { closed, conditionProperties, name, oneOrMany, path, value, values } from './schema-parts.ts';

export const ids = closed(values('run', 'call', 'session', 'task'), ['run']);

export const time = closed({
  basis: { enum: ['assigned', 'source'] },
  start: value,
  step_ms: { type: 'integer', minimum: 1, maximum: 86_400_000 },
  path,
  zone: { type: 'string' },
  unit: { enum: ['s', 'ms', 'us'] },
  precision_us: { type: 'integer', minimum: 1 },
  runs: { enum: ['together', 'in_sequence'] },
});

const ending = closed({ ...conditionProperties, reason: value, code: value });

const caseRef = closed(values('system', 'type', 'id', 'role'), ['system', 'type', 'id']);

const person = closed(
  {
    role: name,
    relation: { enum: ['workforce', 'customer', 'partner', 'public', 'unknown'] },
    assurance: { enum: ['verified', 'asserted', 'unknown'] },
    issuer: { type: 'string', minLength: 1 },
    id: value,
    display_name: value,
    from_tool: oneOrMany({ type: 'string', minLength: 1 }),
    as: { enum: ['on_behalf_of', 'link', 'subject'] },
  },
  ['role', 'id'],
);

/** Envelope fields that a run may set for all of its events. */
export const runEnvelopeFields = [
  'environment',
  'region',
  'channel',
  'client_app',
  'ai_system_id',
  'org_unit',
  'workspace_id',
  'use_case',
  'purpose',
  'legal_basis',
] as const;

export const run = closed({
  failed_when: oneOrMany(ending),
  stopped_when: oneOrMany(ending),
  ...values('started_at', 'ended_at', 'end_reason', 'trigger', 'automation_level', ...runEnvelopeFields),
  case: oneOrMany(caseRef),
  people: { type: 'array', items: person, maxItems: 20 },
  object: value,
  labels: { type: 'array', items: value, maxItems: 50 },
  categories: { type: 'array', items: value, maxItems: 50 },
  expected: closed(values('model_calls', 'tool_calls', 'effects')),
  details: { type: 'object', additionalProperties: value },
});
