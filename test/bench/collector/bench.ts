import { type BenchPart } from '../rounds.ts';

export const collector: BenchPart = {
  usage: 'events a second over HTTP, beside a bare Fastify server with kafkajs',
  run: () => Promise.reject(new Error('not here yet')),
};
