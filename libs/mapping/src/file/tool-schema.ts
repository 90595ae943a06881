import {
  closed,
  condition,
  conditionProperties,
  oneOrMany,
  path,
  protocol,
  tier,
  value,
  values,
} from './schema-parts.ts';

/** Sections and envelope arrays of the event model that a rule may fill; their leaves are values. */
export const emitSections = [
  'effect',
  'message',
  'retrieval',
  'artifact',
  'access',
  'policy',
  'inspection',
  'transformation',
  'approval',
  'change',
  'link',
  'comparison',
  'model',
  'usage',
  'tool',
  'run',
] as const;

const tree = { type: 'object', additionalProperties: value } as const;

const contentItem = closed(
  {
    role: { type: 'string', minLength: 1 },
    text: value,
    json: value,
    media_type: { type: 'string', pattern: '^[^/]+/[^/]+$' },
  },
  ['role'],
);

export const emit = closed(
  {
    type: { type: 'string', pattern: '^[a-z_]+(\\.[a-z_]+){1,3}$' },
    only_if: { enum: ['success', 'failure', 'always'] },
    when: condition,
    for_each: closed({ path, as: { type: 'string', pattern: '^[a-z_][a-z0-9_]*$' } }, ['path', 'as']),
    kind: value,
    object: value,
    role: value,
    case: oneOrMany(closed(values('system', 'type', 'id', 'role'), ['system', 'type', 'id'])),
    subject: oneOrMany(closed(values('id', 'role', 'issuer'), ['id'])),
    outcome: closed(values('status', 'code')),
    content: { type: 'array', items: contentItem, maxItems: 20 },
    labels: { type: 'array', items: value, maxItems: 50 },
    categories: { type: 'array', items: value, maxItems: 50 },
    details: tree,
    ...values('decision_id', 'approval_id'),
    ...Object.fromEntries(emitSections.map((section) => [section, tree])),
  },
  ['type'],
);

export const errorRule = closed({
  ...conditionProperties,
  code: value,
  status: { enum: ['failure', 'denied', 'timeout', 'cancelled', 'partial', 'unknown'] },
});

export const tool = closed({
  tier,
  protocol,
  internal: { type: 'boolean' },
  server: { type: 'string' },
  version: { type: 'string' },
  object: value,
  errors: { type: 'array', items: errorRule, maxItems: 50 },
  emit: oneOrMany(emit),
  ...values('executed_as', 'idempotency_key'),
});
