import { connectClickHouse } from '@affidavit/clickhouse';
import { createPseudonymiser, openFileKeyRing } from '@affidavit/content-vault';
import { type HttpServiceSettings, listen, Metrics, openCredentialStore, type ServiceContext } from '@affidavit/service-kit';
import { issuersInEvents } from './identity/issuers.ts';
import { createQueryApi } from './query-api.ts';
import { collectorRecorder } from './recording/query-recorder.ts';
import { readQueryApiSettings } from './settings.ts';
import { clickHouseQuery } from './store/clickhouse-query.ts';

const REQUEST_TIMEOUT_MS = 28_000;

const engineSettings = ({ url, user, password }: HttpServiceSettings): Parameters<typeof connectClickHouse>[0] => ({
  url, application: 'affidavit-query-api', request_timeout_ms: REQUEST_TIMEOUT_MS, ...(user !== undefined && { username: user }), ...(password !== undefined && { password }),
});

/** The composition root: opens what the settings name, wires it, listens. */
export async function startQueryApi({ environment, log, onStop }: ServiceContext): Promise<void> {
  const settings = readQueryApiSettings(environment);
  const client = connectClickHouse(engineSettings(settings.clickhouse));
  onStop('clickhouse', () => client.close());
  const ring = openFileKeyRing({ directory: settings.keyRingDir, readOnly: true });
  onStop('key ring', () => ring.close());
  const pseudonyms = createPseudonymiser(ring);
  const run = clickHouseQuery(client);
  const http = await createQueryApi({
    log,
    metrics: new Metrics('query-api'),
    credentials: openCredentialStore(settings.credentialsFile),
    run,
    generation: settings.generation,
    people: {
      issuers: issuersInEvents(run, settings.generation),
      pseudonymise: (tenantId, issuer, id) => pseudonyms.find(tenantId, issuer, id),
      directory: () => Promise.resolve([]),
    },
    record: collectorRecorder(settings.collector),
    now: () => Date.now() * 1_000,
  });
  onStop('http', () => http.close());
  await listen(http.app, settings.listen, log);
}
