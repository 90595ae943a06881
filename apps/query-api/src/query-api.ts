import { errorCodes } from '@affidavit/contracts';
import { createHttpApp, type CredentialStore, type HttpApp, type Log, type Metrics } from '@affidavit/service-kit';
import { type FastifyInstance } from 'fastify';
import { type Directory } from './content/directory.ts';
import { serveOpenApi } from './http/docs/open-api.ts';
import { acceptJson } from './http/json-body.ts';
import { type KnownIssuers } from './identity/issuers.ts';
import { type Pseudonymise } from './identity/person-lookup.ts';
import { acceptForms } from './page/forms.ts';
import { protectPages } from './page/page-headers.ts';
import { stylesheetPath } from './page/renderer.ts';
import { createSessions, tokenFrom } from './page/session.ts';
import { createAsk } from './questions/ask.ts';
import { QueryApiModule } from './query-api.module.ts';
import { type AskerBinding } from './reading/asker-binding.ts';
import { type WriteLink } from './recording/link-writer.ts';
import { type RecordEvent } from './recording/query-recorder.ts';
import { type ContentSearch } from './search/words.ts';
import { type RunQuery } from './store/engine.ts';
import { readProjectionState } from './store/projection-state.ts';
import { type ViewReader } from './store/read-view.ts';

/** The world as this app needs it. The composition root opens it; tests bring their own. */
export interface QueryApiParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly credentials: CredentialStore;
  readonly run: RunQuery;
  /** The views for data teams, for reports. */
  readonly views: ViewReader;
  readonly generation: string;
  readonly issuers: KnownIssuers;
  readonly pseudonymise: Pseudonymise;
  readonly content: ContentSearch;
  readonly directory: Directory;
  readonly record: RecordEvent;
  readonly writeLink: WriteLink;
  /** Binds cursors to who asked. */
  readonly bindAsker: AskerBinding;
  /** Microseconds. */
  readonly now: () => number;
}

const BODY_LIMIT_BYTES = 256 * 1024;

export async function createQueryApi(parts: QueryApiParts): Promise<HttpApp> {
  const { run, generation, content, directory, log } = parts;
  const ask = createAsk(parts.record, log, parts.now);
  const people = {
    issuers: parts.issuers,
    pseudonymise: parts.pseudonymise,
    // The directory only adds what the issuers do not know; without it ids are still found by their pseudonyms.
    directory: (tenantId: string, id: string) =>
      directory
        .find(tenantId, id)
        .catch((error: unknown) => (log.warn('the directory does not answer', {}, error), [])),
  };
  const sessions = createSessions();
  const http = await createHttpApp(
    QueryApiModule.with(
      {
        run,
        views: parts.views,
        generation,
        people,
        content,
        ask,
        bindAsker: parts.bindAsker,
        names: directory,
        writeLink: parts.writeLink,
        now: parts.now,
      },
      sessions,
    ),
    {
      log,
      metrics: parts.metrics,
      credentials: parts.credentials,
      problems: errorCodes,
      readiness: [{ name: 'clickhouse', check: async () => void (await readProjectionState(run, generation)) }],
      bodyLimitBytes: BODY_LIMIT_BYTES,
      publicPaths: ['/sign-in', '/sign-out', stylesheetPath],
      tokenOf: tokenFrom(sessions),
    },
  );
  const fastify: FastifyInstance = http.app.getHttpAdapter().getInstance();
  protectPages(fastify);
  acceptForms(fastify);
  acceptJson(fastify);
  serveOpenApi(http.app);
  return http;
}
