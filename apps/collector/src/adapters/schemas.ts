import { AffidavitError } from '@affidavit/audit-model';
import { auditEventSchema, contentRecordSchema, deadLetterSchema, topics } from '@affidavit/contracts';
import { type Registry, registerSchemas } from '@affidavit/schema-registry';
import { type Log } from '@affidavit/service-kit';
import { type RegisteredSchema } from '../own/schema-events.ts';

const SCHEMAS: Readonly<Record<string, object>> = {
  AuditEvent: auditEventSchema,
  ContentRecord: contentRecordSchema,
  DeadLetter: deadLetterSchema,
};

const subjects = Object.entries(topics).map(([topic, { record }]) => ({
  subject: `${topic}-value`,
  schema: SCHEMAS[record] as object,
}));

export interface RegisteredSchemas {
  readonly all: readonly RegisteredSchema[];
  readonly event_id: number;
  readonly content_id: number;
}

/** Registers every topic's schema; waits for a registry that is not there yet, within the bound. */
export async function registerAll(registry: Registry, log: Log, withinMs: number): Promise<RegisteredSchemas> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      const ids = await registerSchemas(registry, subjects);
      const all = subjects.map(({ subject, schema }) => ({ subject, schema, schema_id: ids.get(subject) ?? -1 }));
      return {
        all,
        event_id: ids.get('audit.activity.v1-value') ?? -1,
        content_id: ids.get('audit.content.v1-value') ?? -1,
      };
    } catch (error) {
      if (!(error instanceof AffidavitError && error.retryable) || Date.now() > deadline) throw error;
      log.warn('the schema registry does not answer yet', {}, error);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
