import type { AddressInfo } from 'node:net';
import type { KafkaConfig, SASLOptions } from 'kafkajs';
import { claimPort } from '../process/free-port.ts';
import { runMain } from '../process/run-main.ts';
import { SCHEMAS_TOPIC } from './records.ts';
import { Registry } from './registry.ts';
import { SchemaLog } from './schema-log.ts';
import { createRegistryServer } from './server.ts';
import { SubjectStore } from './subject-store.ts';

const HOST = '127.0.0.1';

/** The settings of every process of ours; this room may not import the adapter that reads them for the others. */
function kafkaConfig(env: NodeJS.ProcessEnv): KafkaConfig {
  const mechanism = env.KAFKA_SASL_MECHANISM?.toLowerCase();
  const sasl = {
    mechanism,
    username: env.KAFKA_SASL_USERNAME ?? '',
    password: env.KAFKA_SASL_PASSWORD ?? '',
  } as SASLOptions;
  return {
    brokers: (env.KAFKA_BROKERS ?? '')
      .split(',')
      .map((broker) => broker.trim())
      .filter(Boolean),
    ssl: env.KAFKA_SSL === 'true',
    ...(mechanism && { sasl }),
    // A broker that starts or comes back is waited for.
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 20 },
  };
}

await runMain('The schema registry', async () => {
  const port = await claimPort(Number(process.env.REGISTRY_PORT ?? '8081'), 'REGISTRY_PORT', HOST);
  const store = new SubjectStore();
  const log = await SchemaLog.open(
    kafkaConfig(process.env),
    process.env.REGISTRY_TOPIC ?? SCHEMAS_TOPIC,
    (record) => store.apply(record),
    (error) => {
      // Without its log it would answer from the past: better to end and be started again.
      console.error(`The schema registry lost its topic: ${error.message}`);
      process.exit(1);
    },
  );
  const server = createRegistryServer(new Registry(store, log));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await log.close();
    },
  };
});
