import { readJson } from '@affidavit/intake';
import { type FastifyInstance } from 'fastify';
import { queryError } from '../query-error.ts';

const MAX_NESTING = 32;

/**
 * Bodies are read as strictly as the collector reads events: of a key that is named twice JSON readers take the last,
 * and a filter that is left out widens the answer.
 */
export function acceptJson(fastify: FastifyInstance): void {
  if (fastify.hasContentTypeParser('application/json')) fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = body as string;
    if (text.trim() === '') return done(null, undefined);
    if (text.trimStart().startsWith('['))
      return done(queryError('invalid_parameter', 'the body must be a JSON object'));
    const read = readJson(text, { nesting: MAX_NESTING, batch_events: 1 });
    const [item] = read.status === 'items' ? read.items : [];
    if (item === undefined) return done(queryError('unreadable', 'the body is not JSON'));
    if (item.status === 'read') return done(null, item.value);
    const { code, path, message } = item.refusal;
    return done(queryError('invalid_parameter', `${message} (${code})`, { detail: { path } }));
  });
}
