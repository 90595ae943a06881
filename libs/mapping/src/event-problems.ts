import { type EventType, definitionsSchema, eventTypeSchemas } from '@affidavit/contracts';
import { Ajv, type ValidateFunction } from 'ajv';
import { type WireEvent } from './wire-event.ts';

export interface EventProblem {
  /** JSON pointer inside the event. */
  readonly path: string;
  readonly message: string;
}

const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
ajv.addSchema(definitionsSchema);
const compiled = new Map<string, ValidateFunction>();

/** What the type's JSON Schema says against an event: the check that the collector makes first. */
export function eventProblems(event: WireEvent): readonly EventProblem[] {
  const type = event.event_type;
  if (!Object.hasOwn(eventTypeSchemas, type)) return [{ path: '/event_type', message: 'is not in the catalogue' }];
  let validate = compiled.get(type);
  if (validate === undefined) {
    validate = ajv.compile(eventTypeSchemas[type as EventType]);
    compiled.set(type, validate);
  }
  if (validate(event)) return [];
  return (validate.errors ?? []).map((error) => {
    const extra = (error.params as Record<string, unknown>).additionalProperty;
    return {
      path: error.instancePath,
      message: `${error.message ?? error.keyword}${typeof extra === 'string' ? `: ${extra}` : ''}`,
    };
  });
}
