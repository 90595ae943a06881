import { type connectClickHouse, insertContainer, insertRows, missingColumns } from '@affidavit/clickhouse';
import { createContentVault, type KeyRing } from '@affidavit/content-vault';
import { type ContentRecord, type DeadLetter, deadLetterSchema } from '@affidavit/contracts';
import { type LogWriter } from '@affidavit/intake';
import { AvroCodec, type AvroSchema, type Registry } from '@affidavit/schema-registry';
import { type Log, type Metrics } from '@affidavit/service-kit';
import { type Kafka } from 'kafkajs';
import { bodyColumns, directoryColumns } from './content/content-rows.ts';
import { ContentSink, taken } from './content/content-sink.ts';
import { deadLetterColumns, DeadLetterSink } from './dead-letters/dead-letter-sink.ts';
import { DeadLetterWriter } from './dead-letters/dead-letter-writer.ts';
import { EventSink } from './events/event-sink.ts';
import { SchemaPlans } from './events/schema-plans.ts';
import { ClickHousePositions } from './lane/clickhouse-positions.ts';
import { Lane } from './lane/lane.ts';
import { type DeadLetterPort } from './lane/ports.ts';
import { type LogBoundsReader } from './log-bounds-reader.ts';
import { ProjectorMetrics } from './projector-metrics.ts';
import { type Sinks } from './projector.module.ts';
import { recordDecoder } from './record-decoder.ts';
import { type ProjectorSettings } from './settings.ts';

type Client = ReturnType<typeof connectClickHouse>;

/** What the process is given: everything with a connection or a file behind it. */
export interface AssemblyParts {
  readonly settings: ProjectorSettings;
  readonly kafka: Kafka;
  readonly bounds: LogBoundsReader;
  readonly clickhouse: Client;
  readonly contentClickhouse: Client;
  readonly ring: KeyRing;
  readonly writer: LogWriter;
  readonly registry: Registry;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly fail: (error: unknown) => void;
}

export interface Assembled {
  readonly sinks: Sinks;
  readonly lanes: readonly Lane[];
}

const now = (): number => Date.now() * 1_000;

/** Puts the projector's inside together: three sinks, and a lane of topics for each. */
export async function assemble(parts: AssemblyParts): Promise<Assembled> {
  const { settings, clickhouse, contentClickhouse, registry } = parts;
  const { generation, contentDatabase } = settings;
  const metrics = new ProjectorMetrics(parts.metrics);
  const vault = createContentVault({ ring: parts.ring });
  const deadLetters = await deadLetterWriters(parts, vault, metrics);
  const plans = new SchemaPlans({
    schemaById: (id) => registry.schemaById(id),
    missingColumns: (fields) => missingColumns(clickhouse, generation, 'events', fields),
  });
  const sinks: Sinks = {
    events: new EventSink({
      plans,
      insert: (container) => insertContainer(clickhouse, generation, 'events', container),
      deadLetters: deadLetters('projector'),
      onInsert: (_rows, duration) => metrics.insert(duration),
    }),
    content: new ContentSink({
      decode: recordDecoder<ContentRecord>(registry, 'affidavit.v1.ContentRecord'),
      vault,
      insertBodies: (rows) => insertRows(contentClickhouse, contentDatabase, 'bodies', bodyColumns, rows),
      insertDirectory: (rows) => insertRows(contentClickhouse, contentDatabase, 'directory', directoryColumns, rows),
      deadLetters: deadLetters('content-projector'),
      now: () => performance.now(),
      onErased: () => metrics.erased(),
    }),
    dead_letters: new DeadLetterSink({
      decode: recordDecoder<DeadLetter>(registry, 'affidavit.v1.DeadLetter'),
      insert: (rows) => taken(() => insertRows(clickhouse, generation, 'dead_letters', deadLetterColumns, rows)),
    }),
  };
  const events = new ClickHousePositions(clickhouse, generation);
  const lanes = [
    makeLane(parts, metrics, 'events', events, deadLetters('projector')),
    makeLane(
      parts,
      metrics,
      'content',
      new ClickHousePositions(contentClickhouse, contentDatabase),
      deadLetters('content-projector'),
    ),
    makeLane(parts, metrics, 'dead_letters', events, deadLetters('projector')),
  ];
  return { sinks, lanes };
}

type LaneName = keyof ProjectorSettings['topics'];

/** The lane of events has the group's plain name, the others a suffix. */
const groupOf = (generation: string, name: LaneName): string =>
  `affidavit-projector-${generation}${name === 'events' ? '' : `-${name}`}`;

function makeLane(
  { settings, kafka, bounds, log, fail }: AssemblyParts,
  metrics: ProjectorMetrics,
  name: LaneName,
  positions: ClickHousePositions,
  deadLetters: DeadLetterPort,
): Lane {
  return new Lane({
    name,
    topics: settings.topics[name],
    positions,
    consumer: kafka.consumer({
      groupId: groupOf(settings.generation, name),
      allowAutoTopicCreation: false,
      // A killed member's partitions stand still for this long; a rebalance too many costs only work.
      sessionTimeout: settings.sessionTimeoutMs,
      rebalanceTimeout: 30_000,
      heartbeatInterval: Math.min(3_000, settings.sessionTimeoutMs / 5),
      maxBytesPerPartition: 4 * 1024 * 1024,
      maxBytes: 32 * 1024 * 1024,
      maxWaitTimeInMs: 200,
      retry: { initialRetryTime: 200, maxRetryTime: 5_000, retries: 8 },
    }),
    bounds: (topic) => bounds.of(topic),
    reportMissing: (code, at, { from, to }) =>
      deadLetters.write([
        {
          record: { ...at, offset: from, timestamp_ms: 0, key: null, value: null },
          code,
          reason: `offsets ${from} to ${to} are not in the log`,
        },
      ]),
    onLag: (at, lag) => metrics.lag(at, lag),
    keepEnds: (ends) => positions.keepEnds(ends),
    onBatch: (batch) => metrics.batch(name, batch),
    onRetry: (error, attempt) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      metrics.retry(name, code);
      log.warn('a batch is repeated', { lane: name, attempt, code }, error);
    },
    onFatal: fail,
  });
}

async function deadLetterWriters(
  { settings, registry, writer }: AssemblyParts,
  vault: ReturnType<typeof createContentVault>,
  metrics: ProjectorMetrics,
): Promise<(component: 'projector' | 'content-projector') => DeadLetterPort> {
  const topic = settings.topics.dead_letters[0] ?? 'audit.deadletter.v1';
  const schema = deadLetterSchema as unknown as AvroSchema;
  const codec = new AvroCodec<DeadLetter>({ schema, schemaId: await registry.register(`${topic}-value`, schema) });
  return (component) =>
    new DeadLetterWriter({
      component,
      topic,
      log: writer,
      vault,
      codec,
      now,
      onWritten: (code) => metrics.deadLetter(code),
    });
}
