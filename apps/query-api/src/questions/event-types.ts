import { type EventType, eventTypes } from '@affidavit/contracts';
import { queryError, quoted } from '../query-error.ts';

const known = Object.keys(eventTypes) as EventType[];

/** Exact types, or a prefix as in `tool.*`. An unknown one is an error: it would look like "nothing happened". */
export function expandEventTypes(given: readonly string[]): readonly EventType[] {
  const expanded = given.flatMap((name) => {
    const matching = name.endsWith('.*')
      ? known.filter((type) => type.startsWith(name.slice(0, -1)))
      : known.filter((type) => type === name);
    if (matching.length === 0)
      throw queryError(
        'invalid_parameter',
        `event_type${quoted(name)} is not in the catalogue: a type such as tool.call.completed, or a prefix such as tool.*`,
      );
    return matching;
  });
  return [...new Set(expanded)].sort();
}

/** Looking is not doing: what is about looking shows only to who asks for it. */
export const isAccessPlane = (type: EventType): boolean => eventTypes[type].topic === 'audit.access.v1';
