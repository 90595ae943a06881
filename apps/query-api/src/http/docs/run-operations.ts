import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';

const of = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const problem = (status: number, description: string): MethodDecorator => ApiResponse({ status, description, content: { 'application/problem+json': { schema: of('Problem') } } });

const query = (name: string, description: string): MethodDecorator => ApiQuery({ name, required: false, description, schema: { type: 'string' } });

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

const json = (schema: string): MethodDecorator => ApiResponse({ status: 200, description: 'Recorded as audit.query.executed before it left.', content: { 'application/json': { schema: of(schema) } } });

const idParameter = query('id', 'the id, instead of the one in the path: for ids with slashes and the like');

export const ApiRun = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'One run: who acted, its course as a tree, what is recorded of it and what is not',
      description: 'With the runs below it, and with events of no run that share an effect, a decision, an approval or a turn with it.',
      tags: ['runs'],
    }),
    ApiParam({ name: 'id' }), idParameter, json('Run'), ahead, ...common,
  );
