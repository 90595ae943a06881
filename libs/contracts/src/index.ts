export type * from './audit-event.gen.ts';
export type * from './event-input.gen.ts';
export type * from './plane-records.gen.ts';
export { auditEventSchema, contentRecordSchema, deadLetterSchema } from './avro.gen.ts';
export { eventTypes, type EventTypeEntry } from './event-types.gen.ts';
export { definitionsId, definitionsSchema, eventTypeSchemas } from './json-schemas.gen.ts';
export { type Column, eventColumns, leadingColumns } from './columns.gen.ts';
export { topics } from './topics.gen.ts';
export { type ErrorCode, errorCodes } from './error-codes.gen.ts';
