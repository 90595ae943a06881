import { Controller, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { AffidavitError } from '@affidavit/audit-model';
import { type IntakeLimits } from '@affidavit/intake';
import { type Credential, CurrentCredential, Roles } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type IngestAnswer, statusOf } from '../ingest/answer.ts';
import { type IngestEvents } from '../ingest/ingest-events.ts';
import { readItems } from './request-body.ts';
import { senderOf } from './sender-of.ts';
import { INGEST, LIMITS, REFUSED_REQUESTS } from './tokens.ts';

/** Told of a request that was refused as a whole. MUST NOT throw. */
export type OnRefusedRequest = (code: string, credential: Credential) => void;

const RETRY_AFTER_S = '1';
const REFUSALS: ReadonlySet<string> = new Set([
  'unreadable',
  'batch_too_large',
  'body_too_large',
  'unsupported_media_type',
]);

@Controller('v1/events')
export class EventsController {
  readonly #ingest: IngestEvents;
  readonly #limits: IntakeLimits;
  readonly #onRefused: OnRefusedRequest;

  constructor(
    @Inject(INGEST) ingest: IngestEvents,
    @Inject(LIMITS) limits: IntakeLimits,
    @Inject(REFUSED_REQUESTS) onRefused: OnRefusedRequest,
  ) {
    this.#ingest = ingest;
    this.#limits = limits;
    this.#onRefused = onRefused;
  }

  @Post()
  @Roles('connector', 'service')
  async post(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentCredential() credential: Credential,
    @Query('validate_only') validateOnly: string | undefined,
  ): Promise<IngestAnswer> {
    if (validateOnly !== undefined && validateOnly !== 'true' && validateOnly !== 'false')
      throw new AffidavitError('invalid_parameter', 'validate_only is true or false.');
    const items = await this.#read(request, credential);
    const sender = senderOf(credential);
    const answer =
      validateOnly === 'true' ? await this.#ingest.validate(items, sender) : await this.#ingest.ingest(items, sender);
    const status = statusOf(answer);
    if (status === 429 || status === 503) void reply.header('retry-after', RETRY_AFTER_S);
    // Nest answers POST with 201 unless told otherwise.
    void reply.status(status);
    return answer;
  }

  async #read(request: FastifyRequest, credential: Credential): ReturnType<typeof readItems> {
    const { headers, body } = request;
    try {
      return await readItems(
        {
          contentType: headers['content-type'],
          contentEncoding: headers['content-encoding'],
          body: body instanceof Uint8Array ? body : new Uint8Array(),
        },
        this.#limits,
      );
    } catch (error) {
      if (error instanceof AffidavitError && REFUSALS.has(error.code)) this.#onRefused(error.code, credential);
      throw error;
    }
  }
}
