import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { linkEnds } from '../../links/active-link.ts';

const end = {
  oneOf: [
    {
      type: 'string',
      description: 'system:id of a case, system:type:id of an object (a : in system or type as %3A), else the id',
    },
    { type: 'object', additionalProperties: { type: 'string' }, example: { system: 'helpdesk', id: '4711' } },
  ],
};
const receipt = {
  type: 'object',
  nullable: true,
  properties: {
    event_id: { type: 'string' },
    topic: { type: 'string' },
    partition: { type: 'integer' },
    offset: { type: 'integer' },
    record_hash: { type: 'string' },
  },
};
const shown = { type: 'object', properties: { kind: { type: 'string' }, key: { type: 'string' } } };

const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

export const ApiLinks = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Say that two things belong together, or take that back',
      description:
        'Becomes link.asserted or link.retracted with you as actor. Timelines follow it once it is projected; an earlier ' +
        'as_of answers as before. The same link said twice is one link.',
      tags: ['links'],
    }),
    ApiBody({
      schema: {
        type: 'object',
        properties: {
          kind: { type: 'string', enum: Object.keys(linkEnds) },
          from: end,
          to: end,
          basis: { type: 'string', enum: ['person'] },
          reason: { type: 'string', description: 'prose: kept as encrypted content' },
          retract: { type: 'string', description: 'id of a link, instead of kind, from and to' },
        },
        example: {
          kind: 'case_run',
          from: { system: 'helpdesk', id: '4711' },
          to: { id: 'retail-l0-4o/1/0' },
          reason: 'the customer named the ticket on the phone',
        },
      } as object,
    }),
    ApiBearerAuth(),
    ApiResponse({
      status: 200,
      description: 'Durable in the log.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {
              link_id: { type: 'string' },
              status: { type: 'string', enum: ['asserted', 'retracted'] },
              kind: { type: 'string' },
              from: shown,
              to: shown,
              receipt,
              as_of: { type: 'string' },
            },
          },
        },
      },
    }),
    problem(400, 'invalid_parameter: unknown kind, ends of other kinds, a thing and itself'),
    problem(401, 'unauthenticated'),
    problem(403, 'forbidden: recorded as well'),
    problem(404, 'not_found: no such link, or not projected yet'),
    problem(503, 'audit_unavailable, store_unavailable (with Retry-After)'),
  );
