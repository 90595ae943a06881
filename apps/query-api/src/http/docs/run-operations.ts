import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';

const of = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({ status, description, content: { 'application/problem+json': { schema: of('Problem') } } });

const query = (name: string, description: string): MethodDecorator =>
  ApiQuery({ name, required: false, description, schema: { type: 'string' } });

const common: readonly MethodDecorator[] = [
  ApiBearerAuth(),
  query('as_of', 'token of an earlier answer'),
  query('reason', 'a code that goes on record, such as a ticket'),
  problem(400, 'invalid_parameter, as_of_invalid'),
  problem(401, 'unauthenticated'),
  problem(403, 'forbidden: recorded as well'),
  problem(404, 'not_found: nothing of it in the tenant'),
  problem(503, 'store_unavailable, audit_unavailable (with Retry-After)'),
];
const ahead = problem(409, 'as_of_ahead (with Retry-After)');

const json = (schema: string): MethodDecorator =>
  ApiResponse({
    status: 200,
    description: 'Recorded as audit.query.executed before it left.',
    content: { 'application/json': { schema: of(schema) } },
  });

const idParameter = query('id', 'the id, instead of the one in the path: for ids with slashes and the like');

export const ApiRun = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'One run: who acted, its course as a tree, what is recorded of it and what is not',
      description:
        'With the runs below it, with events of no run that share an effect, a decision, an approval or a turn with it, and ' +
        'with what links give to it: spans of traces, confirmations of its effects.',
      tags: ['runs'],
    }),
    ApiParam({ name: 'id' }),
    idParameter,
    json('Run'),
    ahead,
    ...common,
  );

export const ApiReplay = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'A run frame by frame, from record only',
      description:
        'NDJSON: a header, a frame per event in order, a footer with count and hash of all lines before it. `known_then` is ' +
        "what the record told when the frame's event was observed. What a link brings was known when the link was. The same " +
        'as_of gives the same bytes.',
      tags: ['runs'],
    }),
    ApiParam({ name: 'id' }),
    idParameter,
    ApiResponse({
      status: 200,
      description: 'Recorded, with count and hash, before it left.',
      content: {
        'application/x-ndjson': { schema: { oneOf: [of('ReplayHeader'), of('ReplayFrame'), of('ReplayFooter')] } },
      },
    }),
    ahead,
    ...common,
  );

export const ApiDiff = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Two runs side by side: shared steps, what only one has, where they first part',
      description:
        'Steps are aligned by kind, name and order. Arguments and results are compared by MACs of one key, or by digests of ' +
        "their bodies for roles that may search content; a model's words are compared and are no divergence.",
      tags: ['runs'],
    }),
    ApiParam({ name: 'id' }),
    ApiParam({ name: 'other' }),
    idParameter,
    query('other', 'the other id, instead of the one in the path'),
    json('RunDiff'),
    ahead,
    ...common,
  );

export const ApiStep = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'One step in four parts: attempted, allowed, did, what happened next; and whether they agree',
      description:
        'The id is of a step, a call, an effect or an event. The same id of a call or a step in several runs, sessions or ' +
        'streams is 409 with candidates: run_id, session_id or stream_id says which.',
      tags: ['runs'],
    }),
    ApiParam({ name: 'id' }),
    idParameter,
    query('run_id', 'the run, when several have the id'),
    query('session_id', 'the session, of what is outside of runs'),
    query('stream_id', 'the stream, of what names neither run nor session'),
    json('Step'),
    problem(409, 'ambiguous (with candidates), as_of_ahead (with Retry-After)'),
    ...common,
  );
