import { errorCodes } from '@affidavit/contracts';
import {
  createHttpApp,
  type CredentialStore,
  type HttpApp,
  type Log,
  type Metrics,
  type ReadinessCheck,
} from '@affidavit/service-kit';
import { type FastifyInstance } from 'fastify';
import { type Assembled } from '../assemble.ts';
import { CollectorModule } from '../collector.module.ts';
import { type CollectorSettings } from '../settings.ts';
import { ByteBudget } from './byte-budget.ts';
import { installEventsRoute } from './events-route.ts';
import { noteRefusedBodies } from './refused-bodies.ts';

export interface DoorParts {
  readonly collector: Pick<Assembled, 'doors'>;
  readonly settings: Pick<CollectorSettings, 'limits' | 'in_flight_bytes'>;
  readonly metrics: Metrics;
  readonly credentials: CredentialStore;
  readonly readiness: readonly ReadinessCheck[];
  readonly log: Log;
}

/** The HTTP side; nothing listens yet. Bodies arrive as bytes, since how they are read is the intake's business. */
export async function openDoors({
  collector,
  settings,
  metrics,
  credentials,
  readiness,
  log,
}: DoorParts): Promise<HttpApp> {
  const { limits, in_flight_bytes } = settings;
  const http = await createHttpApp(CollectorModule.over(collector.doors), {
    log,
    metrics,
    credentials,
    readiness,
    problems: errorCodes,
    bodyLimitBytes: limits.body_bytes,
    rawBody: '*',
  });
  const fastify: FastifyInstance = http.app.getHttpAdapter().getInstance();
  new ByteBudget({ maxBytes: in_flight_bytes, bodyLimitBytes: limits.body_bytes }, metrics).install(fastify);
  noteRefusedBodies(fastify, collector.doors.onRefusedRequest);
  installEventsRoute(fastify, collector.doors);
  return http;
}
