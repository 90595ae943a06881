import { type EventType, type EventTypeEntry, eventTypes } from '@affidavit/contracts';
import { type CompileContext, type Place } from './compile-context.ts';

/** The catalogue's entry of a type that connectors may send; otherwise a problem of the file, with the way out. */
export function checkEventType(context: CompileContext, place: Place, type: string): EventTypeEntry | undefined {
  const entry = Object.hasOwn(eventTypes, type) ? eventTypes[type as EventType] : undefined;
  if (entry === undefined) {
    const near = Object.keys(eventTypes).filter((name) => name.split('.')[0] === type.split('.')[0]);
    context.problem(
      place,
      `"${type}" is not in the catalogue of event ` +
        `types${near.length > 0 ? `; near it are ${near.join(', ')}` : ' (schemas/reference.md)'}`,
    );
  } else if (!entry.senders.includes('connector')) {
    context.problem(place, `${type} may only be sent by the product's own services`);
  }
  return entry;
}

export function checkDetails(
  context: CompileContext,
  place: Place,
  details: object | undefined,
  type: EventTypeEntry | undefined,
): void {
  for (const key of Object.keys(details ?? {})) {
    if (type !== undefined && !Object.hasOwn(type.details, key) && !key.startsWith('x_')) {
      context.problem(
        [...place, key],
        `not a documented key of this type; it has ${Object.keys(type.details).join(', ') || 'none'}; a key of your own starts with x_`,
      );
    }
  }
}
