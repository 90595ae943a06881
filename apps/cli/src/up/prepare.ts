import { fileURLToPath } from 'node:url';
import { connectClickHouse, migrate } from '@affidavit/clickhouse';
import { auditEventSchema, contentRecordSchema, deadLetterSchema, topics } from '@affidavit/contracts';
import { connectKafka, ensureTopics } from '@affidavit/kafka';
import { connectRegistry, registerSchemas } from '@affidavit/schema-registry';
import { clickhouseSettings, contentClickhouseSettings, type Environment, kafkaSettings, readSettings, registrySettings } from '@affidavit/service-kit';
import type { Progress } from './progress.ts';

const migrations = (folder: string): string => fileURLToPath(new URL(`../../../../schemas/clickhouse/${folder}`, import.meta.url));
const schemaOf = { AuditEvent: auditEventSchema, ContentRecord: contentRecordSchema, DeadLetter: deadLetterSchema } as const;

/** Where the data team's views are. */
const PUBLIC = 'audit';

/** More than five minutes between happening and being observed is `late`: a setting of the generation, fixed when it is made. */
const LATE_AFTER_S = 300;

/**
 * Makes what is missing and changes nothing that is there: topics, then tables, then schemas. In this order, because a
 * schema that is registered may be used at once, and the projector stops on a field that its table lacks.
 */
export async function prepare(environment: Environment, generation: string, progress: Progress): Promise<void> {
  const at = readSettings(environment, (setting) => ({
    kafka: kafkaSettings(setting),
    registry: registrySettings(setting),
    clickhouse: clickhouseSettings(setting),
    content: contentClickhouseSettings(setting),
  }));
  const made = await ensureTopics(
    connectKafka({ ...at.kafka, client_id: 'affidavit-up' }),
    Object.entries(topics).map(([topic, { partitions }]) => ({ topic, partitions })),
  );
  const applied = [
    ...(await migrated(at.clickhouse, [
      { directory: migrations(''), target: generation, databases: [generation], variables: { generation, late_after_s: LATE_AFTER_S } },
      { directory: migrations('public'), target: 'public', databases: [PUBLIC], variables: { generation, public: PUBLIC } },
    ])),
    ...(await migrated(at.content, [{ directory: migrations('content'), target: 'content', databases: ['audit_content'], variables: { generation } }])),
  ];
  const subjects = Object.entries(topics).map(([topic, { record }]) => ({ subject: `${topic}-value`, schema: schemaOf[record] }));
  await registerSchemas(connectRegistry(at.registry), subjects);
  const created = made.filter((topic) => topic.created).length;
  progress.step(created + applied.length === 0 ? 'topics, tables and schemas are there' : `made ${created} topics, applied ${applied.length} migrations, registered ${subjects.length} schemas`);
}

type Target = Parameters<typeof migrate>[1];

async function migrated(settings: { url: string; user?: string; password?: string }, targets: readonly Target[]): Promise<string[]> {
  const { user, ...rest } = settings;
  const client = connectClickHouse({ ...rest, ...(user !== undefined && { username: user }), application: 'affidavit up' });
  try {
    const done: string[] = [];
    for (const target of targets) done.push(...(await migrate(client, target)));
    return done;
  } finally {
    await client.close();
  }
}
