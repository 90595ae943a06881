import { connectClickHouse } from '@affidavit/clickhouse';
import { type ClickHouseClient } from '@clickhouse/client';
import { createPseudonymiser, openFileKeyRing } from '@affidavit/content-vault';
import {
  type HttpServiceSettings,
  listen,
  Metrics,
  openCredentialStore,
  type ServiceContext,
} from '@affidavit/service-kit';
import { contentEngine } from './content/content-engine.ts';
import { directoryIn } from './content/directory.ts';
import { issuersInEvents } from './identity/issuers.ts';
import { createQueryApi } from './query-api.ts';
import { askerBinding } from './reading/asker-binding.ts';
import { collectorLinkWriter } from './recording/link-writer.ts';
import { collectorRecorder } from './recording/query-recorder.ts';
import { readQueryApiSettings } from './settings.ts';
import { clickHouseQuery } from './store/clickhouse-query.ts';
import { clickHouseViews } from './store/read-view.ts';

const REQUEST_TIMEOUT_MS = 28_000;
const CONTENT_DATABASE = 'audit_content';

/** The composition root: opens what the settings name, wires it, listens. */
export async function startQueryApi({ environment, log, onStop }: ServiceContext): Promise<void> {
  const settings = readQueryApiSettings(environment);
  const engine = ({ url, user, password }: HttpServiceSettings): ClickHouseClient => {
    const login = { ...(user !== undefined && { username: user }), ...(password !== undefined && { password }) };
    const client = connectClickHouse({
      url,
      ...login,
      application: 'affidavit-query-api',
      request_timeout_ms: REQUEST_TIMEOUT_MS,
    });
    onStop('clickhouse', () => client.close());
    return client;
  };
  const events = engine(settings.clickhouse);
  const run = clickHouseQuery(events);
  const runContent = clickHouseQuery(engine(settings.contentClickhouse));
  const ring = openFileKeyRing({ directory: settings.keyRingDir, readOnly: true });
  onStop('key ring', () => ring.close());
  const pseudonyms = createPseudonymiser(ring);
  const http = await createQueryApi({
    log,
    metrics: new Metrics('query-api'),
    credentials: openCredentialStore(settings.credentialsFile),
    run,
    views: clickHouseViews(events),
    generation: settings.generation,
    issuers: issuersInEvents(run, settings.generation),
    pseudonymise: (tenantId, issuer, id) => pseudonyms.find(tenantId, issuer, id),
    content: contentEngine(runContent, CONTENT_DATABASE),
    directory: directoryIn(runContent, CONTENT_DATABASE),
    record: collectorRecorder(settings.collector),
    writeLink: collectorLinkWriter(settings.collector),
    // Every process of this API has this token, and nobody else needs it.
    bindAsker: askerBinding(settings.collector.token),
    now: () => Date.now() * 1_000,
  });
  onStop('http', () => http.close());
  await listen(http.app, settings.listen, log);
}
