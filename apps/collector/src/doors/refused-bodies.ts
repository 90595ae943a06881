import { type FastifyInstance } from 'fastify';
import { type OnRefusedRequest } from './events-route.ts';

const SENDERS: ReadonlySet<string> = new Set(['connector', 'service']);

/**
 * Fastify refuses a body over the limit before any handler runs, so the controller never learns of it. No body was read
 * is what tells these from those that the controller refuses, and notes, itself.
 */
export function noteRefusedBodies(fastify: FastifyInstance, onRefused: OnRefusedRequest): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { credential, body } = request;
    if (
      reply.statusCode === 413 &&
      body === undefined &&
      credential !== undefined &&
      SENDERS.has(credential.role) &&
      request.routeOptions.url === '/v1/events'
    ) {
      onRefused('body_too_large', credential);
    }
    done();
  });
}
