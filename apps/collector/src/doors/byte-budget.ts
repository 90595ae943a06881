import { AffidavitError } from '@affidavit/audit-model';
import { errorCodes } from '@affidavit/contracts';
import { type Metrics, problemOf, sendProblem } from '@affidavit/service-kit';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

export interface ByteBudgetOptions {
  readonly maxBytes: number;
  /** What a request is charged with that does not say its length, or will be inflated. */
  readonly bodyLimitBytes: number;
}

/**
 * Bounds what all requests together hold in memory, before their bodies are read: when it is full, the answer is 429 at
 * once.
 */
export class ByteBudget {
  readonly #options: ByteBudgetOptions;
  #bytes = 0;
  #requests = 0;

  constructor(options: ByteBudgetOptions, metrics: Metrics) {
    this.#options = options;
    const bytes = metrics.gauge('affidavit_collector_in_flight_bytes', 'Request bodies that are being worked on');
    this.#report = () => bytes.set(this.#bytes);
  }

  readonly #report: () => void;

  get bytes(): number {
    return this.#bytes;
  }

  install(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (request.method !== 'POST') return done();
      const refusal = this.#refusal(request);
      if (refusal) return refuse(reply, problemOf(refusal, errorCodes).problem);
      this.#admit(this.#sizeOf(request), reply);
      done();
    });
  }

  #sizeOf({ headers }: FastifyRequest): number {
    const length = Number(headers['content-length'] ?? Number.NaN);
    const { bodyLimitBytes } = this.#options;
    return Number.isFinite(length) && headers['content-encoding'] === undefined
      ? Math.min(length, bodyLimitBytes)
      : bodyLimitBytes;
  }

  #refusal(request: FastifyRequest): AffidavitError | undefined {
    // One request always fits, or a small bound would refuse it for ever.
    if (this.#requests === 0 || this.#bytes + this.#sizeOf(request) <= this.#options.maxBytes) return undefined;
    return new AffidavitError('too_many_requests', 'Too many bytes are being worked on.', { retryable: true });
  }

  #admit(bytes: number, reply: FastifyReply): void {
    this.#bytes += bytes;
    this.#requests += 1;
    this.#report();
    // Also when the client hangs up in the middle.
    reply.raw.once('close', () => {
      this.#bytes -= bytes;
      this.#requests -= 1;
      this.#report();
    });
  }
}

/**
 * The body that was not read may still be on its way: the connection ends with the answer instead of waiting for it.
 */
function refuse(reply: FastifyReply, problem: Parameters<typeof sendProblem>[1]): void {
  void reply.header('connection', 'close');
  sendProblem(reply, problem);
}
