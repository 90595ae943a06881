import { type AvroSchema } from './avro-types.ts';
import { type Registry } from './connect-registry.ts';

export interface SubjectSchema {
  /** `<topic>-value`: TopicNameStrategy. */
  readonly subject: string;
  readonly schema: AvroSchema;
}

/**
 * Registers one after another, so that one schema under several subjects gets its one id, and answers the id by
 * subject. The caller MUST have migrated ClickHouse first: the projector stops on a field that the table lacks.
 */
export async function registerSchemas(
  registry: Registry,
  subjects: readonly SubjectSchema[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const { subject, schema } of subjects) ids.set(subject, await registry.register(subject, schema));
  return ids;
}
