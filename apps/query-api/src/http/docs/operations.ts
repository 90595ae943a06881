import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { contextScopes } from '../../questions/context-scope.ts';
import { type EntityKind } from '../../questions/entity-question.ts';
import { type EntitySchemaName } from './entity-schemas.ts';

type SchemaName = 'List' | 'Found' | 'Context' | EntitySchemaName | 'Event' | 'Meanings';

const of = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({ status, description, content: { 'application/problem+json': { schema: of('Problem') } } });

const query = (name: string, description: string, schema: object = { type: 'string' }): MethodDecorator =>
  ApiQuery({ name, required: false, description, schema });

const answers = (name: SchemaName): MethodDecorator[] => [
  ApiBearerAuth(),
  ApiResponse({
    status: 200,
    description: 'Recorded as audit.query.executed before it left.',
    content: { 'application/json': { schema: of(name) } },
  }),
  problem(400, 'invalid_parameter, cursor_invalid, as_of_invalid'),
  problem(401, 'unauthenticated'),
  problem(403, 'forbidden: recorded as well'),
  problem(409, 'ambiguous (with candidates), as_of_ahead (with Retry-After)'),
  problem(503, 'store_unavailable, audit_unavailable (with Retry-After)'),
];

const listParameters: MethodDecorator[] = [
  query('limit', 'events per page', { type: 'integer', minimum: 1, maximum: 1_000, default: 100 }),
  query('from', 'RFC 3339 with an offset, or integer microseconds; inclusive'),
  query('to', 'the same; exclusive'),
  query('as_of', 'token of an earlier answer'),
  query('cursor', 'next_cursor of the page before; all else unchanged'),
  query('reason', 'a code that goes on record, such as a ticket'),
];

const idParameter = query('id', 'the id, instead of the one in the path: for ids with slashes and the like');

const paths: Readonly<Record<'case' | 'user' | 'object', readonly [string, readonly MethodDecorator[]]>> = {
  case: [
    'The timeline of a case',
    [
      ApiParam({ name: 'case', description: 'its id, or system:id' }),
      query('system', 'the system that keeps it: then the id is taken whole'),
    ],
  ],
  user: [
    'The timeline of a person',
    [
      ApiParam({
        name: 'user',
        description: 'raw id, issuer:id, or pseudonym; raw ids become pseudonyms and are kept nowhere else',
      }),
      query('issuer', 'who issued the id: then it is taken whole'),
    ],
  ],
  object: [
    'The timeline of a business object',
    [
      ApiParam({ name: 'system' }),
      ApiParam({ name: 'type' }),
      ApiParam({ name: 'id', description: 'compared by the rules of its system: #W1 is W1' }),
    ],
  ],
};

export function ApiTimeline(kind: keyof typeof paths): MethodDecorator {
  const [summary, own] = paths[kind];
  const types = query('event_type', 'types or prefixes such as tool.*, separated by commas');
  return applyDecorators(
    ApiOperation({ summary, tags: ['timelines'] }),
    ...own,
    idParameter,
    types,
    ...listParameters,
    ...answers('List'),
  );
}

const searchExample = {
  event_type: 'object.changed',
  object_refs: { system: 'shop', type: 'order', id: 'W2378156' },
  tool: { name: ['cancel_pending_order', 'return_delivered_order_items'] },
  from: '2026-01-01T00:00:00Z',
};

export const ApiSearch = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Search by fields, and by words over content',
      description:
        'Every field of an event is a filter, nested as in the event, with a value or a list of values, numbers and times ' +
        'also with bounds ({"gte": …, "lt": …}); of lists in the event one element must match a pattern. q takes words that ' +
        'all stand in one body.',
      tags: ['search'],
    }),
    ApiBody({
      schema: {
        type: 'object',
        properties: {
          q: { type: 'string' },
          from: { type: 'string' },
          to: { type: 'string' },
          sort: { type: 'string', enum: ['asc', 'desc'] },
          limit: { type: 'integer' },
          cursor: { type: 'string' },
          as_of: { type: 'string' },
          reason: { type: 'string' },
          facets: {
            type: 'array',
            items: { type: 'string' },
            description:
              'fields whose values are counted over the whole list, such as event_type, tool.name, object_refs.type; with ' +
              'the first page',
          },
          highlight: {
            type: 'boolean',
            description: 'pieces of content around the words of q; for roles that may read content',
          },
        },
        additionalProperties: true,
        example: searchExample,
      },
    }),
    ...answers('Found'),
  );

const connectorParameter = query(
  'connector_id',
  'whose event, where several connectors have the id; or give the id as connector_id:event_id',
);

export const ApiEvent = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'One event, its place in Kafka, and every copy of it', tags: ['events'] }),
    ApiParam({ name: 'id' }),
    idParameter,
    connectorParameter,
    query('as_of', 'token of an earlier answer'),
    query('reason', 'a code that goes on record'),
    ...answers('Event'),
    problem(404, 'not_found'),
  );

export const ApiContext = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'What happened around an event',
      description: 'The nearest events on each side within the window; data[focus] is the event.',
      tags: ['events'],
    }),
    ApiParam({ name: 'id' }),
    idParameter,
    connectorParameter,
    query('before_s', 'seconds before the event', { type: 'integer', minimum: 0, maximum: 86_400, default: 60 }),
    query('after_s', 'seconds after it', { type: 'integer', minimum: 0, maximum: 86_400, default: 60 }),
    query(
      'scope',
      "whose events: of its run, cases and source (related), or of one of them, of its people or objects, or everybody's",
      { type: 'string', enum: contextScopes, default: 'related' },
    ),
    query('limit', 'events on each side', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
    query('as_of', 'token of an earlier answer'),
    query('reason', 'a code that goes on record'),
    ...answers('Context'),
    problem(404, 'not_found'),
  );

const entities: Readonly<Record<EntityKind, readonly [EntitySchemaName, string]>> = {
  session: ['Session', 'A session: turns, providers in order, comparisons, what was masked before it went out'],
  artifact: [
    'Artifact',
    'An artifact: which model and configuration produced each version, where it came from and where it went',
  ],
  effect: [
    'Effect',
    'Why something was done and under which controls: intent, delegation, policy, decision, approval, execution, confirmation',
  ],
  approval: [
    'Approval',
    'An approval: who, what they saw, threshold and value, and whether what was executed is what was approved',
  ],
  comparison: ['Comparison', 'A comparison: candidates in order, which was chosen, and where it went'],
};

export const ApiEntity = (kind: EntityKind): MethodDecorator => {
  const [schema, summary] = entities[kind];
  return applyDecorators(
    ApiOperation({ summary, tags: ['entities'] }),
    ApiParam({ name: 'id' }),
    idParameter,
    query('as_of', 'token of an earlier answer'),
    query('reason', 'a code that goes on record'),
    ...answers(schema),
    problem(404, 'not_found'),
  );
};

export const ApiResolve = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Everything that a pasted id can mean', tags: ['resolve'] }),
    ApiQuery({ name: 'q', required: true, description: 'case, person, order, run, trace, event, call, hash …' }),
    query('as_of', 'token of an earlier answer'),
    query('reason', 'a code that goes on record'),
    ...answers('Meanings'),
  );
