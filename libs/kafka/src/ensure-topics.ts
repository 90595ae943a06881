import { AffidavitError } from '@affidavit/audit-model';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';
import { typesOf } from './kafka-transport.ts';
import { unsafeSetting, wantedSettings } from './topic-settings.ts';

// Node's lexer of CommonJS exports does not see this name; the default export has it.
const { ConfigResourceTypes } = kafkajs;

export interface TopicSpec {
  readonly topic: string;
  /** Used only when the topic is made: each partition is a log, so the count of an existing topic is never changed. */
  readonly partitions: number;
}

export interface TopicState {
  readonly topic: string;
  readonly partitions: number;
  readonly created: boolean;
}

/**
 * Creates what is missing and answers with what is there, in the order of `topics`. An existing topic keeps its own
 * partition count; one whose settings would lose or rewrite records is refused (`topic_unsafe`) rather than changed,
 * since somebody decided that.
 */
export async function ensureTopics(kafka: Kafka, topics: readonly TopicSpec[]): Promise<TopicState[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter((spec) => !existing.has(spec.topic));
    if (missing.length > 0) await create(admin, missing);
    const described = await onceKnown(
      admin,
      topics.map((spec) => spec.topic),
    );
    const replicas = new Map(
      described.map((found) => [
        found.name,
        Math.min(...found.partitions.map((partition) => partition.replicas.length)),
      ]),
    );
    await refuseUnsafe(
      admin,
      topics.filter((spec) => existing.has(spec.topic)),
      replicas,
    );
    const counts = new Map(described.map((found) => [found.name, found.partitions.length]));
    return topics.map(({ topic }) => ({ topic, partitions: counts.get(topic) ?? 0, created: !existing.has(topic) }));
  } finally {
    await admin.disconnect();
  }
}

type Described = Awaited<ReturnType<Admin['fetchTopicMetadata']>>['topics'];
const notYet = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);
const looks = 150;
const betweenLooksMs = 200;

/** Of several brokers each hears of a new topic in its own time, and an election takes a moment. */
async function onceKnown(admin: Admin, topics: string[]): Promise<Described> {
  for (let look = 1; ; look += 1) {
    try {
      return (await admin.fetchTopicMetadata({ topics })).topics;
    } catch (error) {
      if (look === looks || !typesOf(error).some((type) => notYet.has(type))) throw error;
      await sleep(betweenLooksMs);
    }
  }
}

async function create(admin: Admin, missing: readonly TopicSpec[]): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const replicas = Math.min(3, brokers.length);
  const settings = wantedSettings(replicas);
  await admin.createTopics({
    // kafkajs' own wait fails when the broker that it asks has not heard of the topic yet; ours does not.
    waitForLeaders: false,
    topics: missing.map((spec) => ({
      topic: spec.topic,
      numPartitions: spec.partitions,
      replicationFactor: replicas,
      configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
    })),
  });
}

async function refuseUnsafe(
  admin: Admin,
  found: readonly TopicSpec[],
  replicas: ReadonlyMap<string, number>,
): Promise<void> {
  if (found.length === 0) return;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: found.map(({ topic }) => ({
      type: ConfigResourceTypes.TOPIC,
      name: topic,
      configNames: Object.keys(wantedSettings(2)),
    })),
  });
  for (const { resourceName, configEntries } of resources) {
    const unsafe = unsafeSetting(
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      replicas.get(resourceName) ?? 1,
    );
    if (unsafe === undefined) continue;
    const { setting, value, needed } = unsafe;
    throw new AffidavitError('topic_unsafe', `topic ${resourceName} has ${setting}=${value}, needed is ${needed}`, {
      detail: { topic: resourceName, setting, value, needed },
    });
  }
}
