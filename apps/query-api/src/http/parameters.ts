import { isStorableTime, parseTime } from '@affidavit/audit-model';
import { queryError, quoted } from '../query-error.ts';

/** Query parameters as Fastify parses them: a repeated name is an array. */
export type RawParameters = Readonly<Record<string, unknown>>;

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
const MAX_TEXT = 2_048;
const MAX_TOKEN = 16_384;
const MAX_VALUES = 100;

export const invalid = (message: string): never => {
  throw queryError('invalid_parameter', message);
};

/** A parameter that no route knows is an error: a misspelt filter must not silently widen an answer. */
export function onlyKnown(parameters: RawParameters, known: readonly string[]): void {
  for (const name of Object.keys(parameters)) {
    if (!known.includes(name)) invalid(`unknown parameter${quoted(name)}; this route takes ${known.join(', ')}`);
  }
}

export function textOf(parameters: RawParameters, name: string, maxLength = MAX_TEXT): string | undefined {
  const value = parameters[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string')
    return invalid(Array.isArray(value) ? `${name} is given twice` : `${name} must be text`);
  if (value.length > maxLength) return invalid(`${name} is longer than ${maxLength} characters`);
  // A zero byte cannot occur in any id of ours, and separates fields in keys.
  if (value.includes('\0') || /\p{Surrogate}/u.test(value))
    return invalid(`${name} holds characters that no text of ours has`);
  return value;
}

export const tokenOf = (parameters: RawParameters, name: string): string | undefined =>
  textOf(parameters, name, MAX_TOKEN);

/** Repeated, or separated by commas. */
export function listOf(parameters: RawParameters, name: string): readonly string[] {
  const value = parameters[name];
  const given = value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
  const parts = given
    .flatMap((part) => (typeof part === 'string' ? part.split(',') : invalid(`${name} must be text`)))
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > MAX_VALUES) invalid(`${name} has more than ${MAX_VALUES} values`);
  return [...new Set(parts)].sort();
}

export function limitOf(value: unknown): number {
  if (value === undefined) return DEFAULT_LIMIT;
  const limit =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d{1,4}$/.test(value)
        ? Number(value)
        : Number.NaN;
  return Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT
    ? limit
    : invalid(`limit must be from 1 to ${MAX_LIMIT}`);
}

/** RFC 3339 with an offset, or integer microseconds. */
export function timeOf(value: unknown, name: string): number | null {
  if (value === undefined) return null;
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  const micros =
    parseTime(number)?.micros ?? invalid(`${name} must be an RFC 3339 time with an offset, or integer microseconds`);
  return isStorableTime(micros)
    ? micros
    : invalid(`${name} must lie between the years 1900 and 2255; left out, the range is open`);
}

export interface Range {
  /** Microseconds, inclusive; null is open. */
  readonly from: number | null;
  /** Microseconds, exclusive; null is open. */
  readonly to: number | null;
}

export function rangeOf(parameters: RawParameters): Range {
  const range = { from: timeOf(parameters['from'], 'from'), to: timeOf(parameters['to'], 'to') };
  if (range.from !== null && range.to !== null && range.from >= range.to) invalid('from must be before to');
  return range;
}

/** A code, never prose: it stands in the log in clear. */
export function reasonOf(parameters: RawParameters): string {
  const reason = textOf(parameters, 'reason', 128) ?? '';
  return /^[\w.:/#-]*$/.test(reason)
    ? reason
    : invalid('reason is a code such as a ticket number: letters, digits and . : / # - _');
}

/**
 * `?id=` wins over the path's segment, which is then a placeholder: some ids are mangled on their way through paths.
 */
export function idOf(segment: string, query: RawParameters): string {
  const id = textOf(query, 'id') ?? textOf({ id: segment }, 'id') ?? '';
  return id.trim() === '' ? invalid('id is empty') : id;
}
