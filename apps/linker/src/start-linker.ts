import { connectClickHouse } from '@affidavit/clickhouse';
import { errorCodes } from '@affidavit/contracts';
import { createHttpApp, listen, Metrics, openCredentialStore, type ServiceContext } from '@affidavit/service-kit';
import { reader } from './facts/engine.ts';
import { LinkerModule } from './linker.module.ts';
import { LinkingLoop } from './linking-loop.ts';
import { collectorDoor } from './log/collector-door.ts';
import { readLinkerSettings } from './settings.ts';

/** The composition root: opens what the settings name, wires it, links, listens. */
export async function startLinker({ environment, log, onStop }: ServiceContext): Promise<void> {
  const settings = readLinkerSettings(environment);
  const { url, user, password } = settings.clickhouse;
  const client = connectClickHouse({
    url,
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    application: 'affidavit-linker',
    request_timeout_ms: 70_000,
    max_connections: 2,
  });
  onStop('clickhouse', () => client.close());
  const metrics = new Metrics('linker');
  const said = metrics.counter('affidavit_linker_statements_total', 'Statements about links that the rules made', [
    'what',
  ]);
  const loop = new LinkingLoop({
    client,
    log,
    read: reader(client),
    generation: settings.generation,
    say: collectorDoor(settings.collector, () => Date.now() * 1_000),
    pollMs: settings.pollMs,
    onRound({ asserted, retracted, refused }) {
      said.inc({ what: 'asserted' }, asserted);
      said.inc({ what: 'retracted' }, retracted);
      if (refused > 0) log.warn('the collector refuses links for good', { refused });
    },
  });
  const http = await createHttpApp(LinkerModule.empty(), {
    log,
    metrics,
    credentials: openCredentialStore(settings.credentialsFile),
    problems: errorCodes,
    bodyLimitBytes: 1_024,
    readiness: [
      {
        name: 'linking',
        check: () =>
          loop.failure === undefined ? Promise.resolve() : Promise.reject(new Error('the last round failed')),
      },
    ],
  });
  onStop('http', () => http.close());
  onStop('loop', () => loop.stop());
  loop.start();
  await listen(http.app, settings.listen, log);
}
