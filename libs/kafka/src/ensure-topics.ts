import { AffidavitError } from '@affidavit/audit-model';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';

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

/** Never deleted by time or size, never compacted, dated by the broker: an offset once given keeps its record. */
const evidential: Record<string, string> = {
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'cleanup.policy': 'delete',
  'message.timestamp.type': 'LogAppendTime',
};

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
    await refuseUnsafe(admin, topics.filter((spec) => existing.has(spec.topic)));
    const { topics: described } = await admin.fetchTopicMetadata({ topics: topics.map((spec) => spec.topic) });
    const counts = new Map(described.map((found) => [found.name, found.partitions.length]));
    return topics.map(({ topic }) => ({ topic, partitions: counts.get(topic) ?? 0, created: !existing.has(topic) }));
  } finally {
    await admin.disconnect();
  }
}

async function create(admin: Admin, missing: readonly TopicSpec[]): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const replicas = Math.min(3, brokers.length);
  const settings: Record<string, string> = { ...evidential };
  // acks=all promises nothing if one replica in sync is enough; a single broker cannot promise more.
  if (replicas > 1) Object.assign(settings, { 'min.insync.replicas': '2', 'unclean.leader.election.enable': 'false' });
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map((spec) => ({
      topic: spec.topic,
      numPartitions: spec.partitions,
      replicationFactor: replicas,
      configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
    })),
  });
}

async function refuseUnsafe(admin: Admin, found: readonly TopicSpec[]): Promise<void> {
  if (found.length === 0) return;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: found.map(({ topic }) => ({ type: ConfigResourceTypes.TOPIC, name: topic, configNames: Object.keys(evidential) })),
  });
  for (const resource of resources) {
    for (const { configName, configValue } of resource.configEntries) {
      const wanted = evidential[configName];
      if (wanted === undefined || wanted === configValue) continue;
      throw new AffidavitError('topic_unsafe', `topic ${resource.resourceName} has ${configName}=${configValue}, needed is ${wanted}`, {
        detail: { topic: resource.resourceName, setting: configName, value: configValue, needed: wanted },
      });
    }
  }
}
