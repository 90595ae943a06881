import { Readable } from 'node:stream';
import { DoorError } from './door-error.ts';
import { parseInsert, type InsertStatement } from './insert-statement.ts';

/** What a writer's request asks for: a query, or an insert whose data is `first` followed by `rest`. */
export type Statement =
  | { readonly kind: 'query'; readonly sql: string }
  | { readonly kind: 'insert'; readonly insert: InsertStatement; readonly first: Uint8Array; readonly rest: Readable };

const PEEK_BYTES = 256 << 10;
export const MAX_QUERY_BYTES = 64 << 20;

/** Reads on until `limit` bytes or the end; the rest stays in the iterator. */
async function peek(chunks: AsyncIterator<unknown>, limit: number): Promise<{ bytes: Buffer; ended: boolean }> {
  const read: Buffer[] = [];
  let size = 0;
  while (size < limit) {
    const next = await chunks.next();
    if (next.done) return { bytes: Buffer.concat(read), ended: true };
    const chunk = next.value as Buffer;
    read.push(chunk);
    size += chunk.length;
  }
  return { bytes: Buffer.concat(read), ended: false };
}

async function allOf(chunks: AsyncIterator<unknown>): Promise<Buffer> {
  const { bytes, ended } = await peek(chunks, MAX_QUERY_BYTES);
  if (!ended) throw new DoorError(229, 'QUERY_IS_TOO_LARGE', `A query may have ${MAX_QUERY_BYTES} bytes.`);
  return bytes;
}

async function* remaining(chunks: AsyncIterator<unknown>): AsyncGenerator<unknown> {
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

/** The whole text of a request that may not insert. */
export async function readText(urlQuery: string, body: Readable): Promise<string> {
  const bytes = await allOf(body[Symbol.asyncIterator]() as AsyncIterator<unknown>);
  return [urlQuery, bytes.toString('utf8')].filter((part) => part.trim() !== '').join('\n');
}

/**
 * The query is the URL's followed by the body's, as in ClickHouse. The data of an insert is never held in memory:
 * what was read to find its beginning and the rest of the body go to the spool together.
 */
export async function readStatement(urlQuery: string, body: Readable): Promise<Statement> {
  const inUrl = urlQuery.trim() === '' ? undefined : parseInsert(urlQuery);
  if (inUrl) return { kind: 'insert', insert: inUrl, first: Buffer.from(urlQuery.slice(inUrl.dataStart)), rest: body };
  if (urlQuery.trim() !== '') return { kind: 'query', sql: await readText(urlQuery, body) };

  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<unknown>;
  const { bytes, ended } = await peek(chunks, PEEK_BYTES);
  const text = bytes.toString('utf8');
  const insert = parseInsert(text);
  if (insert) {
    const first = bytes.subarray(Buffer.byteLength(text.slice(0, insert.dataStart)));
    return { kind: 'insert', insert, first, rest: Readable.from(ended ? [] : remaining(chunks)) };
  }
  return { kind: 'query', sql: ended ? text : Buffer.concat([bytes, await allOf(chunks)]).toString('utf8') };
}
