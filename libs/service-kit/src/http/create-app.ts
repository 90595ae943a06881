import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type CredentialStore } from '../credentials/credential-store.ts';
import { HealthController, MetricsController } from '../health/health.controller.ts';
import { measureRequests, type Metrics } from '../health/metrics.ts';
import { Readiness, type ReadinessCheck } from '../health/readiness.ts';
import { type Log } from '../log/log.ts';
import { NestLog } from '../log/nest-log.ts';
import { allowedMethods, type AllowedMethods } from './allowed-methods.ts';
import { authenticate } from './authenticate.ts';
import { BearerGuard } from './bearer.guard.ts';
import { answerClientError } from './client-error.ts';
import { InFlight } from './in-flight.ts';
import { problem, problemOf, type ProblemTable } from './problem.ts';
import { ProblemFilter } from './problem.filter.ts';
import { sendProblem } from './send-problem.ts';
import { ALLOWED_METHODS, CREDENTIAL_STORE, LOG, METRICS, PROBLEM_TABLE, READINESS } from './tokens.ts';

export interface HttpAppOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly credentials: CredentialStore;
  /** `errorCodes` of the contracts. */
  readonly problems: ProblemTable;
  readonly readiness: readonly ReadinessCheck[];
  readonly bodyLimitBytes: number;
  /** Media types whose body arrives as a Buffer, unparsed; '*' for every type. Without it JSON is parsed by Fastify. */
  readonly rawBody?: readonly string[] | '*';
  readonly requestTimeoutMs?: number;
  readonly publicPaths?: readonly string[];
  readonly tokenOf?: (request: FastifyRequest) => string | undefined;
}

export interface HttpApp {
  readonly app: NestFastifyApplication;
  /**
   * Not ready from now on; new requests are told to come again (`shutting_down`), those under way are finished, then
   * the port is closed. Resolves when no handler is running any more; not bounded here: `runService` bounds the whole
   * stop.
   */
  close(): Promise<void>;
}

@Module({})
class ServiceModule {}

/** Longer than any id that the contract takes, percent-encoded. */
const maxParamLength = 4_096;

/**
 * A Nest app on Fastify with the doors that every service has (/healthz, /readyz, /metrics), a credential on everything
 * else, and problems for errors. Call `app.init()` in tests, `listen` to serve.
 */
export async function createHttpApp(module: Type | DynamicModule, options: HttpAppOptions): Promise<HttpApp> {
  const readiness = new Readiness(options.readiness);
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimitBytes,
    requestTimeout: options.requestTimeoutMs ?? 30_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength },
    // Fastify's defaults change what was sent: fields vanish and texts become numbers.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
    // Raised before any hook; Fastify's own text would quote the URL.
    frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) =>
      sendProblem(reply, problemOf(error, options.problems).problem),
    clientErrorHandler: answerClientError(options.problems),
    return503OnClosing: false, // It has no Retry-After: the hook below answers instead.
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  const inFlight = new InFlight(fastify);
  const methods = allowedMethods(fastify);
  prepare(fastify, options, readiness);
  const app = await NestFactory.create<NestFastifyApplication>(
    rootModule(module, options, readiness, methods),
    adapter,
    {
      logger: new NestLog(options.log),
      bodyParser: false,
      abortOnError: false,
    },
  );
  return {
    app,
    async close() {
      readiness.stop();
      await inFlight.idle();
      await app.close();
    },
  };
}

function prepare(fastify: FastifyInstance, options: HttpAppOptions, readiness: Readiness): void {
  measureRequests(fastify, options.metrics);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    if (!readiness.stopping || request.url === '/readyz' || request.url === '/healthz') return done();
    void reply.header('connection', 'close');
    sendProblem(reply, problem(options.problems, 'shutting_down'));
  });
  authenticate(fastify, options);
  if (options.rawBody === undefined) return;
  fastify.removeAllContentTypeParsers();
  const types = options.rawBody === '*' ? '*' : [...options.rawBody];
  fastify.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

function rootModule(
  module: Type | DynamicModule,
  options: HttpAppOptions,
  readiness: Readiness,
  methods: AllowedMethods,
): DynamicModule {
  return {
    module: ServiceModule,
    global: true,
    imports: [module],
    controllers: [HealthController, MetricsController],
    providers: [
      { provide: CREDENTIAL_STORE, useValue: options.credentials },
      { provide: PROBLEM_TABLE, useValue: options.problems },
      { provide: LOG, useValue: options.log },
      { provide: METRICS, useValue: options.metrics },
      { provide: READINESS, useValue: readiness },
      { provide: ALLOWED_METHODS, useValue: methods },
      { provide: APP_GUARD, useClass: BearerGuard },
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
    exports: [CREDENTIAL_STORE, PROBLEM_TABLE, LOG, METRICS],
  };
}
