import { type FastifyInstance } from 'fastify';

/** Counts requests under way, the ones whose caller hung up included until their response is closed. */
export class InFlight {
  #count = 0;
  #idle: (() => void)[] = [];

  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRequest', (_request, reply, done) => {
      this.#count += 1;
      let ended = false;
      const end = (): void => {
        if (ended) return;
        ended = true;
        this.#count -= 1;
        if (this.#count === 0) for (const resolve of this.#idle.splice(0)) resolve();
      };
      reply.raw.once('finish', end).once('close', end);
      done();
    });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
