import { Ajv, type ValidateFunction } from 'ajv';
import { parseTime } from '@affidavit/audit-model';
import { definitionsId, definitionsSchema, eventTypes, eventTypeSchemas, type EventType } from '@affidavit/contracts';
import { Refused, refuse } from '../refusal.ts';
import { refusalOf } from './ajv-refusal.ts';
import { each } from './step.ts';

/**
 * Compiled on first use. One instance for the process, since schemas never change
 * within it. Neither coercion nor defaults nor removal: what was sent is what is judged.
 */
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true, verbose: false });
ajv.addFormat('date-time', { type: 'string', validate: (text: string) => parseTime(text) !== null });
ajv.addSchema(definitionsSchema);
// Asked for by its name once, it is kept under that name: otherwise every type would compile the whole envelope again
// (100 ms).
ajv.getSchema(`${definitionsId}#/definitions/Envelope`);
const compiled = new Map<string, ValidateFunction>();

export const isEventType = (type: unknown): type is EventType =>
  typeof type === 'string' && Object.hasOwn(eventTypes, type);

function validatorOf(type: EventType): ValidateFunction {
  const known = compiled.get(type);
  if (known) return known;
  const fresh = ajv.compile(eventTypeSchemas[type]);
  compiled.set(type, fresh);
  return fresh;
}

const COLLECTOR_FIELDS = ['observed_at', 'fact_hash', 'seq_origin'] as const;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuseCollectorFields(input: Readonly<Record<string, unknown>>): void {
  for (const field of COLLECTOR_FIELDS) if (Object.hasOwn(input, field)) refuse('collector_field', `/${field}`);
  const content = input['content'];
  if (!Array.isArray(content)) return;
  for (const [index, ref] of content.entries())
    if (isObject(ref) && Object.hasOwn(ref, 'content_id')) refuse('collector_field', `/content/${index}/content_id`);
}

const BODY_MEMBERS: ReadonlySet<string> = new Set(['text', 'json', 'data_base64']);

/**
 * A zero byte separates the parts of Kafka's key and of what is pseudonymised, so no string beside content may hold
 * one.
 */
function refuseZeroBytes(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) refuse('invalid_value', path, 'A string with a zero byte.');
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseZeroBytes(item, `${path}/${index}`);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value))
      if (!BODY_MEMBERS.has(key)) refuseZeroBytes(item, `${path}/${key}`);
  }
}

/** The same without paths, which nobody needs as long as nothing is found. */
function holdsZeroByte(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  if (Array.isArray(value)) return value.some(holdsZeroByte);
  if (!isObject(value)) return false;
  for (const key in value) if (!BODY_MEMBERS.has(key) && holdsZeroByte(value[key])) return true;
  return false;
}

/** The strict contract of the type, as `GET /v1/types/{type}` shows it. */
export const validate = each('validate', (draft) => {
  const { input } = draft;
  if (!isObject(input)) refuse('not_an_object', '');
  const type = input['event_type'];
  if (type === undefined) refuse('missing_field', '/event_type');
  if (typeof type !== 'string') refuse('wrong_type', '/event_type', 'Expected string.');
  if (!isEventType(type)) refuse('unknown_event_type', '/event_type');
  refuseCollectorFields(input);
  const validator = validatorOf(type);
  if (!validator(input)) throw new Refused(refusalOf(validator.errors ?? []));
  if (holdsZeroByte(input)) refuseZeroBytes(input, '');
  return { ...draft, entry: eventTypes[type] };
});
