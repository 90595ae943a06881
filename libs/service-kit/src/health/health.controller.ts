import { Controller, Get, Inject, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { Public } from '../http/bearer.guard.ts';
import { METRICS, READINESS } from '../http/tokens.ts';
import { type Metrics } from './metrics.ts';
import { type Readiness } from './readiness.ts';

/**
 * /healthz: the process runs its event loop. /readyz: it can do its work now. Both without a credential, so both say
 * little.
 */
@Controller()
export class HealthController {
  readonly #readiness: Readiness;

  constructor(@Inject(READINESS) readiness: Readiness) {
    this.#readiness = readiness;
  }

  @Public()
  @Get('healthz')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Public()
  @Get('readyz')
  async readyz(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const answer = await this.#readiness.look();
    void reply.status(answer.ready ? 200 : 503);
    return answer;
  }
}

/** Prometheus text; any credential. */
@Controller()
export class MetricsController {
  readonly #metrics: Metrics;

  constructor(@Inject(METRICS) metrics: Metrics) {
    this.#metrics = metrics;
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.header('content-type', this.#metrics.registry.contentType);
    return this.#metrics.registry.metrics();
  }
}
