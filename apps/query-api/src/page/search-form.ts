import { type NestedRow } from '../reading/row-shape.ts';
import { columnKinds } from '../search/column-type.ts';
import { invalid, type RawParameters } from '../http/parameters.ts';

/** Fields of the form that are no filters of the event. */
const own: ReadonlySet<string> = new Set(['q', 'from', 'to', 'sort', 'limit', 'cursor', 'as_of', 'reason']);

/**
 * A form or query string as the body of `POST /v1/search`: fields are dotted (`tool.name=x`), empty ones were left
 * empty by the person. Of a field without a zone the page means UTC, as its clock shows.
 */
export function searchBodyOf(form: RawParameters): NestedRow {
  const body: NestedRow = {};
  for (const [name, value] of Object.entries(form)) {
    const given = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
      (part) => typeof part === 'string' && part.trim() !== '',
    ) as string[];
    if (given.length === 0) continue;
    if (own.has(name)) body[name] = name === 'from' || name === 'to' ? inUtc(given[0] ?? '') : given[0];
    else put(body, name, given);
  }
  return body;
}

function put(body: NestedRow, name: string, given: readonly string[]): void {
  const type = columnKinds.get(name)?.kind;
  if (name === 'content_id') {
    body['content'] = { content_id: given };
    return;
  }
  if (type === undefined || type === 'elements' || type === 'map')
    return invalid('the form has a field that events do not have');
  const values =
    type === 'integer' || type === 'float'
      ? given.map(Number)
      : type === 'bool'
        ? given.map((one) => one === 'true')
        : given.flatMap((one) => (name === 'event_type' ? one.split(',').map((part) => part.trim()) : [one]));
  const [section, field] = name.split('.') as [string, string | undefined];
  if (field === undefined) body[section] = values;
  else body[section] = { ...(body[section] as object | undefined), [field]: values };
}

/** What `<input type="datetime-local">` and people write: without a zone it is UTC. */
export const inUtc = (time: string): string => {
  const text = time.trim().replace(' ', 'T');
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? `${text}T00:00:00`
    : /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)
      ? `${text}:00`
      : text;
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(whole) ? `${whole}Z` : whole;
};

/** The page that asks what a search link of the API asks. */
export function searchPath(body: object): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'object' && value !== null)
      for (const [inner, innerValue] of Object.entries(value as object))
        fields.append(name === 'content' ? 'content_id' : `${name}.${inner}`, String(innerValue));
    else fields.append(name, String(value));
  }
  return `/search?${fields.toString()}`;
}
