import { connectClickHouse, migrateContent, migrateGeneration, migratePublicViews } from '@affidavit/clickhouse';
import { auditEventSchema, contentRecordSchema, deadLetterSchema, topics } from '@affidavit/contracts';
import { clusterId, connectKafka, ensureTopics } from '@affidavit/kafka';
import { connectRegistry, registerSchemas } from '@affidavit/schema-registry';
import {
  clickhouseSettings,
  contentClickhouseSettings,
  type Environment,
  type HttpServiceSettings,
  kafkaSettings,
  readSettings,
  registrySettings,
} from '@affidavit/service-kit';
import type { Progress } from './progress.ts';

const schemaOf = {
  AuditEvent: auditEventSchema,
  ContentRecord: contentRecordSchema,
  DeadLetter: deadLetterSchema,
} as const;

/**
 * Makes what is missing and changes nothing that is there: topics, then tables, then schemas. In this order, because a
 * schema that is registered may be used at once, and the projector stops on a field that its table lacks.
 * Answers the id of the Kafka cluster.
 */
export async function prepare(environment: Environment, generation: string, progress: Progress): Promise<string> {
  const at = readSettings(environment, (setting) => ({
    kafka: kafkaSettings(setting),
    registry: registrySettings(setting),
    clickhouse: clickhouseSettings(setting),
    content: contentClickhouseSettings(setting),
  }));
  const kafka = connectKafka({ ...at.kafka, client_id: 'affidavit-up' });
  const made = await ensureTopics(
    kafka,
    Object.entries(topics).map(([topic, { partitions }]) => ({ topic, partitions })),
  );
  const applied = [
    ...(await withClient(at.clickhouse, async (client) => [
      ...(await migrateGeneration(client, generation)),
      ...(await migratePublicViews(client, generation)),
    ])),
    ...(await withClient(at.content, (client) => migrateContent(client))),
  ];
  const subjects = Object.entries(topics).map(([topic, { record }]) => ({
    subject: `${topic}-value`,
    schema: schemaOf[record],
  }));
  await registerSchemas(connectRegistry(at.registry), subjects);
  const created = made.filter((topic) => topic.created).length;
  progress.step(
    created + applied.length === 0
      ? 'topics, tables and schemas are there'
      : `made ${created} topics, applied ${applied.length} migrations, registered ${subjects.length} schemas`,
  );
  return clusterId(kafka);
}

type Client = ReturnType<typeof connectClickHouse>;

async function withClient<T>(settings: HttpServiceSettings, work: (client: Client) => Promise<T>): Promise<T> {
  const { user, ...rest } = settings;
  const client = connectClickHouse({
    ...rest,
    ...(user !== undefined && { username: user }),
    application: 'affidavit up',
  });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
