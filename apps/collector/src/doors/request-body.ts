import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AffidavitError } from '@affidavit/audit-model';
import { type IntakeLimits, type ReadItem, readJson, readNdjson } from '@affidavit/intake';
import { nodeBytes } from '../adapters/node-bytes.ts';

const inflate = promisify(gunzip);

export interface RawRequest {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly body: Uint8Array;
}

/** Inflates within the limit of bodies: a bomb ends there. */
async function plain({ contentEncoding, body }: RawRequest, maxBytes: number): Promise<Uint8Array> {
  switch (contentEncoding?.trim().toLowerCase() ?? 'identity') {
    case 'identity':
      return body;
    case 'gzip':
      try {
        return await inflate(body, { maxOutputLength: maxBytes });
      } catch (error) {
        const code = (error as { readonly code?: unknown }).code;
        if (code === 'ERR_BUFFER_TOO_LARGE')
          throw new AffidavitError('body_too_large', `The inflated body is over ${maxBytes} bytes.`);
        throw new AffidavitError('unreadable', 'The body is not gzip.');
      }
    default:
      throw new AffidavitError('unsupported_media_type', 'Content encodings are identity and gzip.');
  }
}

/** The items of a request. Throws `unsupported_media_type`, `body_too_large`, `unreadable`, `batch_too_large`. */
export async function readItems(request: RawRequest, limits: IntakeLimits): Promise<readonly ReadItem[]> {
  const type = request.contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'application/x-ndjson') {
    throw new AffidavitError('unsupported_media_type', 'Content types are application/json and application/x-ndjson.');
  }
  const text = nodeBytes.text(await plain(request, limits.body_bytes));
  if (text === null) throw new AffidavitError('unreadable', 'The body is not UTF-8.');
  const read = type === 'application/json' ? readJson(text, limits) : readNdjson(text, limits);
  switch (read.status) {
    case 'items':
      return read.items;
    case 'unreadable':
      throw new AffidavitError('unreadable', read.reason);
    case 'batch_too_large':
      throw new AffidavitError(
        'batch_too_large',
        `${read.count} events in one request; at most ${limits.batch_events}.`,
      );
  }
}
