import { errorCodes } from '@affidavit/contracts';
import { createHttpApp, type CredentialStore, type HttpApp, type Log, type Metrics } from '@affidavit/service-kit';
import { type PersonLookup } from './identity/person-lookup.ts';
import { createAsk } from './questions/ask.ts';
import { QueryApiModule } from './query-api.module.ts';
import { type RecordEvent } from './recording/query-recorder.ts';
import { type RunQuery } from './store/engine.ts';
import { readProjectionState } from './store/projection-state.ts';

/** The world as this app needs it. The composition root opens it; tests bring their own. */
export interface QueryApiParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly credentials: CredentialStore;
  readonly run: RunQuery;
  readonly generation: string;
  readonly people: PersonLookup;
  readonly record: RecordEvent;
  /** Microseconds. */
  readonly now: () => number;
}

const BODY_LIMIT_BYTES = 256 * 1024;

export async function createQueryApi(parts: QueryApiParts): Promise<HttpApp> {
  const { run, generation, people } = parts;
  const ask = createAsk(parts.record, parts.log, parts.now);
  return createHttpApp(QueryApiModule.with({ timelines: { run, generation, people, ask } }), {
    log: parts.log,
    metrics: parts.metrics,
    credentials: parts.credentials,
    problems: errorCodes,
    readiness: [{ name: 'clickhouse', check: async () => void (await readProjectionState(run, generation)) }],
    bodyLimitBytes: BODY_LIMIT_BYTES,
  });
}
