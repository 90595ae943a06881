import { isScalar, type JsonValue, scalarText } from '../json-value.ts';
import { readDateTime, readEpoch } from './date-time.ts';

/** The closed list. A mapping is data: whoever may write one must not be able to run code with it. */
export const functionNames = [
  'trim',
  'strip_prefix',
  'upper',
  'lower',
  'map',
  'lookup',
  'epoch_ms',
  'date_time',
  'join',
] as const;
export type FunctionName = (typeof functionNames)[number];

export function isFunctionName(name: string): name is FunctionName {
  return (functionNames as readonly string[]).includes(name);
}

export type LookupTable = ReadonlyMap<string, string>;

/** One value in, one value out; undefined when there is nothing sensible to say (the field is then left out). */
export type ScalarFunction = (value: JsonValue) => JsonValue | undefined;

function onText(work: (text: string) => string | undefined): ScalarFunction {
  return (value) => (isScalar(value) ? work(scalarText(value)) : undefined);
}

/** Builds the function of one call. `options` are the literal members beside the function's name. */
export function buildFunction(
  name: Exclude<FunctionName, 'join'>,
  options: ReadonlyMap<string, string>,
  table: LookupTable | undefined,
): ScalarFunction {
  switch (name) {
    case 'trim':
      return onText((text) => text.trim());
    case 'upper':
      return onText((text) => text.toUpperCase());
    case 'lower':
      return onText((text) => text.toLowerCase());
    case 'strip_prefix': {
      const prefix = options.get('prefix') ?? '';
      return onText((text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text));
    }
    case 'map':
      return onText((text) => (text === 'default' ? undefined : options.get(text)) ?? options.get('default'));
    case 'lookup':
      return onText((text) => table?.get(text) ?? options.get('default'));
    case 'epoch_ms':
      return (value) =>
        typeof value === 'number' || typeof value === 'string' ? readEpoch(value, 'ms')?.micros : undefined;
    case 'date_time':
      return (value) => (typeof value === 'string' ? readDateTime(value, options.get('zone'))?.micros : undefined);
  }
}

/** The options each function takes beside its own name; undefined means any (the entries of a `map`). */
export const functionOptions: Readonly<Record<FunctionName, readonly string[] | undefined>> = {
  trim: [],
  upper: [],
  lower: [],
  strip_prefix: ['prefix'],
  map: undefined,
  lookup: ['table', 'default'],
  epoch_ms: ['precision_us'],
  date_time: ['zone', 'precision_us'],
  join: ['separator'],
};
