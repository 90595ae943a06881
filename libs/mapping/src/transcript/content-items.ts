import { isJsonObject, type JsonValue, member } from '../json-value.ts';
import { limits } from '../limits.ts';
import { type ContentItem } from '../wire-event.ts';

const DATA_URL = /^data:([a-z0-9.+-]+\/[a-z0-9.+-]+)(?:;[^,]*)?;base64,([A-Za-z0-9+/]*={0,2})$/i;

/** The bodies of a message's `content`: a string, a list of parts, or whatever else stands there (kept as JSON). */
export function contentItems(role: string, content: JsonValue | undefined): readonly ContentItem[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return textItems(role, content, 'text/plain');
  if (Array.isArray(content)) return (content as readonly JsonValue[]).flatMap((part) => partItems(role, part));
  return jsonItems(role, content);
}

function partItems(role: string, part: JsonValue): readonly ContentItem[] {
  if (typeof part === 'string') return contentItems(role, part);
  const type = member(part, 'type');
  const text = member(part, 'text') ?? (type === 'refusal' ? member(part, 'refusal') : undefined);
  if (typeof text === 'string') return contentItems(role, text);
  const url = member(part, 'image_url');
  const address = isJsonObject(url) ? member(url, 'url') : url;
  const found = typeof address === 'string' && address.length <= limits.contentUnits ? DATA_URL.exec(address) : null;
  if (found?.[1] !== undefined && found[2] !== undefined) {
    return [{ role: 'attachment', media_type: found[1].toLowerCase(), data_base64: found[2] }];
  }
  return jsonItems(type === undefined ? role : 'attachment', part);
}

export function jsonItems(role: string, value: JsonValue): readonly ContentItem[] {
  return textItems(role, JSON.stringify(value), 'application/json');
}

/**
 * Text as bodies of at most `contentUnits`: a longer one is split, never cut; each piece says `part 1/3`.
 * Text with half a character has no UTF-8: it goes as a JSON string literal, which holds it exactly.
 */
export function textItems(role: string, text: string, mediaType: string): readonly ContentItem[] {
  // JSON.stringify writes half a character as an escape.
  if (/\p{Surrogate}/u.test(text)) return textItems(role, JSON.stringify(text), 'application/json');
  if (text.length <= limits.contentUnits) return [{ role, media_type: mediaType, text }];
  const pieces = split(text);
  return pieces.map((piece, index) => ({
    role,
    media_type: 'text/plain',
    transform: `part ${String(index + 1)}/${String(pieces.length)} of ${mediaType}`,
    text: piece,
  }));
}

function split(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (from < text.length) {
    let to = Math.min(text.length, from + limits.contentUnits);
    // Never between the halves of one character.
    if (to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to -= 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}
