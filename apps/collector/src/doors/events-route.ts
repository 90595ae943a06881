import { AffidavitError } from '@affidavit/audit-model';
import { type IntakeLimits } from '@affidavit/intake';
import { type Credential } from '@affidavit/service-kit';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type IngestAnswer, statusOf } from '../ingest/answer.ts';
import { type IngestEvents } from '../ingest/ingest-events.ts';
import { readItems } from './request-body.ts';
import { senderOf } from './sender-of.ts';

/** Told of a request that was refused as a whole. MUST NOT throw. */
export type OnRefusedRequest = (code: string, credential: Credential) => void;

export interface EventsRouteParts {
  readonly ingest: IngestEvents;
  readonly limits: IntakeLimits;
  readonly onRefusedRequest: OnRefusedRequest;
}

const RETRY_AFTER_S = '1';
const REFUSALS: ReadonlySet<string> = new Set([
  'unreadable',
  'batch_too_large',
  'body_too_large',
  'unsupported_media_type',
]);

/**
 * `POST /v1/events` as a route of Fastify's own, beside Nest's: on the hot path Nest's guards, pipes and decorators
 * cost as much as the intake. Credential, byte budget, problems and metrics are hooks and handlers of the same Fastify,
 * so that they hold here as well.
 */
export function installEventsRoute(fastify: FastifyInstance, parts: EventsRouteParts): void {
  fastify.post('/v1/events', async (request, reply): Promise<IngestAnswer> => {
    const credential = credentialOf(request);
    const validateOnly = (request.query as Readonly<Record<string, unknown>>)['validate_only'];
    if (validateOnly !== undefined && validateOnly !== 'true' && validateOnly !== 'false')
      throw new AffidavitError('invalid_parameter', 'validate_only is true or false.');
    const items = await read(request, credential, parts);
    const sender = senderOf(credential);
    const { ingest } = parts;
    const answer = validateOnly === 'true' ? await ingest.validate(items, sender) : await ingest.ingest(items, sender);
    const status = statusOf(answer);
    if (status === 429 || status === 503) void reply.header('retry-after', RETRY_AFTER_S);
    void reply.status(status);
    return answer;
  });
}

function credentialOf({ credential }: FastifyRequest): Credential {
  if (credential === undefined) throw new AffidavitError('unauthenticated', 'No credential.');
  if (credential.role === 'connector' || credential.role === 'service') return credential;
  throw new AffidavitError('forbidden', 'This needs one of the roles connector, service.');
}

async function read(
  { headers, body }: FastifyRequest,
  credential: Credential,
  { limits, onRefusedRequest }: EventsRouteParts,
): ReturnType<typeof readItems> {
  try {
    return await readItems(
      {
        contentType: headers['content-type'],
        contentEncoding: headers['content-encoding'],
        body: body instanceof Uint8Array ? body : new Uint8Array(),
      },
      limits,
    );
  } catch (error) {
    if (error instanceof AffidavitError && REFUSALS.has(error.code)) onRefusedRequest(error.code, credential);
    throw error;
  }
}
