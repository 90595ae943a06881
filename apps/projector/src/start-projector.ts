import { connectClickHouse } from '@affidavit/clickhouse';
import { openFileKeyRing } from '@affidavit/content-vault';
import { errorCodes } from '@affidavit/contracts';
import { BatchingLogWriter, connectKafka, KafkaTransport } from '@affidavit/kafka';
import { connectRegistry } from '@affidavit/schema-registry';
import {
  createHttpApp,
  type HttpServiceSettings,
  listen,
  type LogFields,
  Metrics,
  openCredentialStore,
  type ServiceContext,
} from '@affidavit/service-kit';
import { assemble } from './assemble.ts';
import { LogBoundsReader } from './log-bounds-reader.ts';
import { ProjectorModule } from './projector.module.ts';
import { readProjectorSettings } from './settings.ts';
import { BatchTransport } from './transport/batch-transport.ts';

const application = 'affidavit-projector';
/** A large insert on a busy machine takes long, and one that is given up is only repeated. */
const requestTimeoutMs = 300_000;

const engine = ({ url, user, password }: HttpServiceSettings): Parameters<typeof connectClickHouse>[0] => ({
  url,
  application,
  request_timeout_ms: requestTimeoutMs,
  ...(user !== undefined && { username: user }),
  ...(password !== undefined && { password }),
});

/** The composition root: opens what the settings name, wires it, consumes, listens. */
export async function startProjector({ environment, log, onStop, fail }: ServiceContext): Promise<void> {
  const settings = readProjectorSettings(environment);
  const kafka = connectKafka({ ...settings.kafka, client_id: application }, (level, message, fields) =>
    log[level](message, fields as LogFields),
  );
  const bounds = new LogBoundsReader(kafka);
  onStop('kafka admin', () => bounds.close());
  const clickhouse = connectClickHouse(engine(settings.clickhouse));
  onStop('clickhouse', () => clickhouse.close());
  const contentClickhouse = connectClickHouse(engine(settings.contentClickhouse));
  onStop('content clickhouse', () => contentClickhouse.close());
  const ring = openFileKeyRing({ directory: settings.keyRingDir });
  onStop('key ring', () => ring.close());
  const writer = new BatchingLogWriter(new KafkaTransport(kafka));
  onStop('log writer', () => writer.close());
  const metrics = new Metrics('projector');
  const { user, password, url } = settings.registry;
  const registry = connectRegistry({
    url,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
  });
  const { sinks, lanes } = await assemble({
    settings,
    kafka,
    bounds,
    clickhouse,
    contentClickhouse,
    ring,
    writer,
    registry,
    metrics,
    log,
    fail,
  });
  const http = await createHttpApp(ProjectorModule.over(sinks), {
    log,
    metrics,
    credentials: openCredentialStore(settings.credentialsFile),
    problems: errorCodes,
    bodyLimitBytes: 1_024,
    readiness: lanes.map((lane) => ({
      name: lane.name,
      check: () =>
        lane.ready ? Promise.resolve() : Promise.reject(new Error('not joined, lag unknown, or repeating a batch')),
    })),
  });
  const transport = new BatchTransport(lanes);
  http.app.connectMicroservice({ strategy: transport });
  onStop('http and lanes', () => http.close());
  await http.app.startAllMicroservices();
  await listen(http.app, settings.listen, log);
}
