import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';

const text = { type: 'string' };
const whole = { type: 'integer' };
const list = (...names: readonly string[]): object => ({
  type: 'array',
  items: {
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [
        name,
        /seq$|^records$|^events$|count|missing|late|duplicates|conflicts|heartbeats|lag|_s$|^of$|^unobserved$/.test(
          name,
        )
          ? whole
          : text,
      ]),
    ),
  },
});
const query = (name: string, description: string): MethodDecorator =>
  ApiQuery({ name, required: false, description, schema: text });
const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

const answer = {
  type: 'object',
  properties: {
    no_known_gaps: {
      type: 'boolean',
      description:
        'false as soon as a number is missing, a gap unverified, a dead letter there, or a cap reached; unobserved does not count',
    },
    range: { type: 'object' },
    totals: { type: 'object', additionalProperties: whole },
    projected: list('topic', 'records', 'lag', 'last_record_at', 'partitions'),
    sources: list(
      'system',
      'events',
      'records',
      'duplicates',
      'conflicts',
      'late',
      'max_delay_s',
      'first_at',
      'last_at',
      'last_observed_at',
    ),
    streams: list(
      'stream_id',
      'seq_origin',
      'connector_id',
      'records',
      'first_seq',
      'last_seq',
      'highest_seq',
      'missing',
      'last_observed_at',
    ),
    gaps: list('stream_id', 'from_seq', 'to_seq', 'kind', 'status', 'missing', 'cause', 'since', 'closed_at'),
    collectors: list('instance_id', 'boot_id', 'started_at', 'stopped_at', 'heartbeats', 'last_heard_at', 'silences'),
    refused: list('code', 'connector_id', 'count', 'first_at', 'last_at'),
    dead_letters: list('code', 'component', 'count', 'first_at', 'last_at'),
    reconciliations: list('event_id', 'system', 'from', 'to', 'expected', 'recorded'),
    unobserved: {
      ...list('expected', 'system', 'target_system', 'of', 'unobserved', 'first_at', 'last_at', 'examples', 'link'),
      description:
        'by what is expected and not on record: end (of a call), effect (of a writing call that says it is done), ' +
        'confirmation (of an effect, by a system that confirms others)',
    },
    cap_reached: { type: 'boolean' },
    caps: {
      type: 'array',
      items: text,
      description:
        'what is cut: sources (500), source_connectors (50 of a source), streams (1,000), stream_systems (20 of a stream), ' +
        'gaps (1,000), collectors (200 starts, the newest), collector_silences (100 of a start, the newest), refused, ' +
        'dead_letters, reconciliations, unobserved (200 rows; or over 1,000,000 records in the range, then none is given). ' +
        'Totals are of what is listed',
    },
    as_of: text,
  },
};

export const ApiCompleteness = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'What is known to be missing, of which source and stream, and how far the log is projected',
      tags: ['completeness'],
    }),
    query('from', 'RFC 3339 with an offset, or integer microseconds; inclusive, by occurred_at'),
    query('to', 'the same; exclusive'),
    query('source', 'source.system'),
    query('stream_id', 'one numbered stream'),
    query('as_of', 'token of an earlier answer'),
    query('reason', 'a code that goes on record'),
    ApiBearerAuth(),
    ApiResponse({
      status: 200,
      description: 'Recorded as audit.query.executed before it left.',
      content: { 'application/json': { schema: answer } },
    }),
    problem(400, 'invalid_parameter, as_of_invalid'),
    problem(401, 'unauthenticated'),
    problem(403, 'forbidden: recorded as well'),
    problem(409, 'as_of_ahead (with Retry-After)'),
    problem(503, 'store_unavailable, audit_unavailable (with Retry-After)'),
  );
