import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { reportDefinitions } from '../../reports/definitions.ts';

const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
const query = (name: string, description: string, schema: object = { type: 'string' }): MethodDecorator =>
  ApiQuery({ name, required: false, description, schema });

const common: readonly MethodDecorator[] = [
  ApiBearerAuth(),
  query('reason', 'a code that goes on record'),
  problem(400, 'invalid_parameter, as_of_invalid'),
  problem(401, 'unauthenticated'),
  problem(403, 'forbidden: recorded as well'),
  problem(503, 'store_unavailable, audit_unavailable (with Retry-After)'),
];

const ids = { type: 'string', enum: reportDefinitions.map(({ id }) => id) };

export const ApiReports = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Which reports there are', tags: ['reports'] }),
    ApiResponse({
      status: 200,
      description: 'Definitions with their versions.',
      content: { 'application/json': { schema: { type: 'object' } } },
    }),
    ...common,
  );

export const ApiReport = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'A report, as the views for data teams define it',
      description:
        'Recorded as audit.report.generated before it leaves. The same definition version, days and as_of make the same ' +
        'bytes. rows_sha256 is the same in every format.',
      tags: ['reports'],
    }),
    ApiParam({ name: 'id', schema: ids }),
    query('format', 'how it is written', { type: 'string', enum: ['json', 'csv', 'parquet', 'html'], default: 'json' }),
    query('from', 'first day, UTC', { type: 'string', format: 'date' }),
    query('to', 'day after the last, UTC', { type: 'string', format: 'date' }),
    query('as_of', 'token of an earlier answer'),
    query('header', 'csv only: false leaves out the lines above the names of the columns', {
      type: 'boolean',
      default: true,
    }),
    ApiResponse({
      status: 200,
      description:
        'Header and rows. affidavit-as-of, affidavit-rows and affidavit-rows-sha256 say the most important in any format.',
    }),
    problem(404, 'not_found'),
    problem(409, 'as_of_ahead (with Retry-After)'),
    ...common,
  );
