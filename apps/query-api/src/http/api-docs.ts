import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiQuery } from '@nestjs/swagger';

export const ApiTimeline = (kind: 'case' | 'user' | 'object'): MethodDecorator =>
  applyDecorators(ApiOperation({ summary: `Timeline of a ${kind}` }), ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } }));
