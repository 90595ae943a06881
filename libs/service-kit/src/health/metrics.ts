import { type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * Prometheus metrics of one process. Labels are topics, routes, codes: things whose number is bounded, never ids of
 * people, runs or events.
 */
export class Metrics {
  readonly registry = new Registry();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  counter<T extends string = never>(name: string, help: string, labels: readonly T[] = []): Counter<T> {
    return new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  gauge<T extends string = never>(name: string, help: string, labels: readonly T[] = []): Gauge<T> {
    return new Gauge({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /** Buckets in the metric's own unit, which stands in its name. */
  histogram<T extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels: readonly T[] = [],
  ): Histogram<T> {
    return new Histogram({ name, help, buckets: [...buckets], labelNames: labels, registers: [this.registry] });
  }
}

/** Count and duration of every request, by the route's pattern; what matches no route is one label. */
export function measureRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const duration = metrics.histogram(
    'affidavit_http_request_duration_seconds',
    'Duration of HTTP requests',
    [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    ['method', 'route', 'status'],
  );
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    done();
  });
}
