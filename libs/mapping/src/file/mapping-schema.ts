import { ids, run, time } from './run-schema.ts';
import { closed, condition, name, path, protocol, tier, values } from './schema-parts.ts';
import { errorRule, tool } from './tool-schema.ts';

const objectKind = closed(
  {
    system: { type: 'string', minLength: 1 },
    type: { type: 'string', minLength: 1 },
    instance: { type: 'string' },
    person: { type: 'boolean' },
  },
  ['system', 'type'],
);

const lookup = {
  type: 'object',
  additionalProperties: false,
  properties: {
    file: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' },
    values: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
  },
  minProperties: 1,
  maxProperties: 1,
};

const keepAs = closed({ keep_as: { type: 'string', pattern: '^[a-z_]+(\\.[a-z_]+){1,3}$' } }, ['keep_as']);

/** What a mapping file with `input: openai-messages` may hold. Unknown keys are errors: a typo must not map nothing. */
export const mappingSchema = closed(
  {
    mapping: closed(
      {
        id: name,
        version: { type: ['integer', 'string'] },
        input: { enum: ['openai-messages'] },
        description: { type: 'string' },
      },
      ['id', 'version', 'input'],
    ),
    source: closed(values('system', 'instance', 'grade')),
    agent: closed(values('id', 'instance_id', 'name', 'version', 'config_id', 'framework')),
    records: path,
    messages: path,
    roles: { type: 'object', additionalProperties: { enum: ['system', 'user', 'assistant', 'tool'] } },
    ids,
    time,
    run,
    model: closed({ ...values('provider', 'request_model', 'response_model', 'hosted', 'region'), when: condition }),
    usage: closed(
      values(
        'input_tokens',
        'output_tokens',
        'cached_tokens',
        'reasoning_tokens',
        'cost',
        'currency',
        'duration_ms',
        'first_chunk_ms',
        'finish_reason',
      ),
    ),
    responses: closed({ shown: { enum: ['without_tool_calls', 'always', 'never'] } }),
    objects: { type: 'object', propertyNames: { pattern: '^[a-z_][a-z0-9_]*$' }, additionalProperties: objectKind },
    lookups: { type: 'object', additionalProperties: lookup },
    errors: { type: 'array', items: errorRule, maxItems: 50 },
    defaults: closed({ tier, protocol, unknown_tool: { enum: ['report', 'reject'] } }),
    on_unmatched: { if: { type: 'object' }, then: keepAs, else: { enum: ['reject', 'quarantine'] } },
    tools: {
      type: 'object',
      additionalProperties: { if: { type: 'null' }, then: {}, else: tool },
      maxProperties: 2_000,
    },
  },
  ['mapping', 'ids'],
);
