import { type IntakeLimits } from '../limits.ts';
import { refusal, type Refusal } from '../refusal.ts';
import { scanJson } from './scan-json.ts';

/** One event of a request, read or not. A refused one still carries what could be read, for its `event_id`. */
export type ReadItem =
  | { readonly status: 'read'; readonly value: unknown }
  | { readonly status: 'refused'; readonly value: unknown; readonly refusal: Refusal };

export type ReadBody =
  | { readonly status: 'items'; readonly items: readonly ReadItem[] }
  | { readonly status: 'unreadable'; readonly reason: string }
  | { readonly status: 'batch_too_large'; readonly count: number };

type Bounds = Pick<IntakeLimits, 'nesting' | 'batch_events'>;

/** An event, or an array of events, as JSON. */
export function readJson(text: string, limits: Bounds): ReadBody {
  const parsed = parse(text);
  if (parsed === undefined) return { status: 'unreadable', reason: 'The body is not JSON.' };
  const values = Array.isArray(parsed.value) ? (parsed.value as unknown[]) : [parsed.value];
  if (values.length > limits.batch_events) return { status: 'batch_too_large', count: values.length };
  const defects = scanJson(text, limits.nesting);
  return { status: 'items', items: values.map((value, index) => itemOf(value, defects.get(index))) };
}

/** An event a line (NDJSON). Empty lines are no items; one line that is not JSON costs its neighbours nothing. */
export function readNdjson(text: string, limits: Bounds): ReadBody {
  const lines: { readonly number: number; readonly text: string }[] = [];
  for (const [index, line] of text.split('\n').entries())
    if (line.trim() !== '') lines.push({ number: index + 1, text: line });
  if (lines.length > limits.batch_events) return { status: 'batch_too_large', count: lines.length };
  let readable = 0;
  const items = lines.map(({ number, text: line }): ReadItem => {
    const parsed = parse(line);
    if (parsed === undefined)
      return { status: 'refused', value: null, refusal: refusal('not_an_object', '', `Line ${number} is not JSON.`) };
    readable += 1;
    if (Array.isArray(parsed.value))
      return {
        status: 'refused',
        value: null,
        refusal: refusal('not_an_object', '', `Line ${number} is an array: one event a line.`),
      };
    return itemOf(parsed.value, scanJson(line, limits.nesting).get(0));
  });
  if (readable === 0) return { status: 'unreadable', reason: 'No line of the body is JSON.' };
  return { status: 'items', items };
}

function itemOf(value: unknown, defect: Refusal | undefined): ReadItem {
  return defect === undefined ? { status: 'read', value } : { status: 'refused', value, refusal: defect };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
