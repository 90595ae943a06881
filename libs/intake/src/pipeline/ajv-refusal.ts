import { type ErrorObject } from 'ajv';
import { pointer, refusal, type Refusal } from '../refusal.ts';

const isTime = (path: string): boolean =>
  /\/(occurred_at|expires_at|effective_at)$/.test(path) && !path.startsWith('/details');

/** What the patterns of the schemas mean, in words. */
const FORMS: Readonly<Record<string, string>> = {
  '^([0-9a-f]{64})?$': 'Expected 64 lower-case hexadecimal digits.',
  '^([A-Z]{3})?$': 'Expected the three capital letters of ISO 4217, such as EUR.',
  ...Object.fromEntries(
    [6, 12].map((places) => [
      `^-?[0-9]{1,12}(\\.[0-9]{1,${places}})?$`,
      `Expected a decimal number such as -12.50: at most 12 digits before the point and ${places} behind it.`,
    ]),
  ),
};

const formOf = (pattern: string): string => FORMS[pattern] ?? `Expected the form ${pattern}.`;

/** The limit's side of a number or length, without the value itself. */
const limitOf = (error: ErrorObject): string => String((error.params as { limit?: number }).limit ?? '');

/** Ajv's words mapped to the closed list of codes. Its messages name the rule and never the value. */
export function refusalOf(errors: readonly ErrorObject[]): Refusal {
  const anyOf = errors.find((error) => error.keyword === 'anyOf');
  if (anyOf) {
    const wanted = errors.flatMap((error) =>
      error.keyword === 'required'
        ? [`${error.instancePath}/${String((error.params as { missingProperty: string }).missingProperty)}`]
        : [],
    );
    return refusal('missing_field', anyOf.instancePath, `One of ${wanted.join(', ')} is needed.`);
  }
  const error = errors[0];
  if (!error) return refusal('invalid_value', '');
  const path = error.instancePath;
  switch (error.keyword) {
    case 'required':
      return refusal('missing_field', path + pointer((error.params as { missingProperty: string }).missingProperty));
    case 'additionalProperties':
      return refusal(
        'unknown_field',
        path + pointer((error.params as { additionalProperty: string }).additionalProperty),
      );
    case 'false schema':
      return refusal('unknown_field', path);
    case 'type':
      return isTime(path)
        ? refusal('invalid_time', path)
        : refusal('wrong_type', path, `Expected ${String((error.params as { type: unknown }).type)}.`);
    case 'maxLength':
      return refusal('string_too_long', path, `At most ${limitOf(error)} characters.`);
    case 'minLength':
      return refusal('empty_identifier', path);
    case 'minItems':
      return refusal('missing_field', path, 'At least one element is needed.');
    case 'maxItems':
      return refusal('array_too_long', path, `At most ${limitOf(error)} elements.`);
    case 'maxProperties':
      return refusal('details_too_many', path, `At most ${limitOf(error)} members.`);
    case 'minimum':
    case 'maximum':
      return refusal('number_out_of_range', path, `The limit is ${limitOf(error)}.`);
    case 'format':
      return refusal('invalid_time', path);
    case 'enum':
      return refusal(
        'invalid_value',
        path,
        `One of ${(error.params as { allowedValues: readonly string[] }).allowedValues.join(', ')}.`,
      );
    case 'const':
      return refusal(
        'invalid_value',
        path,
        `The type lays down ${JSON.stringify((error.params as { allowedValue: unknown }).allowedValue)}.`,
      );
    case 'pattern':
      return refusal('invalid_value', path, formOf((error.params as { pattern: string }).pattern));
    default:
      // No keyword of our schemas comes here (a test looks). Its name is the schema's, not the sender's.
      return refusal('invalid_value', path, `It breaks the rule ${error.keyword} of the type's schema.`);
  }
}
