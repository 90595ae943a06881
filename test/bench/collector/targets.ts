import { join } from 'node:path';
import { topics } from '@affidavit/contracts';
import { nodeMain, startBroker, startListeningChild, startRegistry } from '@affidavit/embedded';
import { connectKafka, ensureTopics } from '@affidavit/kafka';
import { openCredentialStore } from '@affidavit/service-kit';
import { type Target } from './load.ts';

const PEER_TOPIC = 'bench.peer.v1';
const PARTITIONS = topics['audit.activity.v1'].partitions;

/** COLLECTOR_CPU_PROFILE=DIR writes a CPU profile of the collector there when it stops. */
const profiling = (): readonly string[] => {
  const dir = process.env['COLLECTOR_CPU_PROFILE'];
  return dir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${dir}`];
};

export interface Targets {
  readonly collector: Target;
  readonly peer: Target;
  readonly collector_pid: number;
  stop(): Promise<void>;
}

/** A broker and a registry, and in front of the one broker the real collector and its bare peer. */
export async function startTargets(dir: string): Promise<Targets> {
  const broker = await startBroker({ dataDir: join(dir, 'kafka'), port: 0, controllerPort: 0 });
  const registry = await startRegistry({ brokers: broker.brokers, port: 0, logFile: join(dir, 'registry.log') });
  await ensureTopics(connectKafka({ brokers: broker.brokers.split(','), client_id: 'bench' }), [
    { topic: PEER_TOPIC, partitions: PARTITIONS },
    ...Object.entries(topics).map(([topic, { partitions }]) => ({ topic, partitions })),
  ]);
  const credentials = join(dir, 'credentials.json');
  const { token } = await openCredentialStore(credentials).add({
    name: 'bench',
    role: 'connector',
    connector_id: 'bench',
    tenant_id: 'default',
  });
  const main = nodeMain(new URL('../../../apps/collector/src/main.ts', import.meta.url));
  const collector = await startListeningChild({
    name: 'The collector',
    command: main.command,
    args: [...profiling(), ...main.args],
    logFile: join(dir, 'collector.log'),
    env: {
      KAFKA_BROKERS: broker.brokers,
      SCHEMA_REGISTRY_URL: registry.url,
      CREDENTIALS_FILE: credentials,
      KEY_RING_DIR: join(dir, 'keys'),
      COLLECTOR_PORT: '0',
    },
  });
  const peer = await startListeningChild({
    name: 'The peer',
    ...nodeMain(new URL('./peer.ts', import.meta.url), broker.brokers, PEER_TOPIC, String(PARTITIONS)),
    logFile: join(dir, 'peer.log'),
    env: {},
  });
  const at = ({ port }: { readonly port: number }): Target => ({ url: `http://127.0.0.1:${port}`, token });
  return {
    collector: at(collector),
    peer: at(peer),
    collector_pid: collector.pid,
    stop: async () => {
      for (const one of [peer, collector, registry, broker]) await one.stop();
    },
  };
}
