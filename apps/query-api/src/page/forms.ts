import { type FastifyInstance } from 'fastify';

const MAX_FORM_BYTES = 64 * 1024;

/** Forms as flat objects; a repeated field becomes a list, as in query strings. */
export function acceptForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (_request, body, done) => {
      const form: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
      for (const [name, value] of new URLSearchParams(body as string)) {
        const known = form[name];
        form[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
      }
      done(null, form);
    },
  );
}
