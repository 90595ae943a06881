import { type WireEvent } from '@affidavit/mapping';

export interface FieldDifference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export type EventDifference =
  | { readonly kind: 'removed' | 'added'; readonly event: WireEvent }
  | { readonly kind: 'changed'; readonly event: WireEvent; readonly fields: readonly FieldDifference[] };

/**
 * What differs between two mappings' events of the same records, by event id. The mapping's own name does not count.
 */
export function compareEvents(before: readonly WireEvent[], after: readonly WireEvent[]): readonly EventDifference[] {
  const afterById = new Map(after.map((event) => [placeOf(event), event]));
  const beforeIds = new Set(before.map(placeOf));
  const differences: EventDifference[] = before.flatMap((event): EventDifference[] => {
    const other = afterById.get(placeOf(event));
    if (other === undefined) return [{ kind: 'removed', event }];
    const fields = differingFields(comparable(event), comparable(other), '');
    return fields.length === 0 ? [] : [{ kind: 'changed', event: other, fields }];
  });
  return [
    ...differences,
    ...after
      .filter((event) => !beforeIds.has(placeOf(event)))
      .map((event): EventDifference => ({ kind: 'added', event })),
  ];
}

/** The place in the transcript: the same for two mappings of different names. */
function placeOf(event: WireEvent): string {
  return event.source.origin_event_id;
}

function comparable(event: WireEvent): unknown {
  const { event_id: _id, causation_id: _cause, source, ...rest } = event;
  const { mapping_id: _mapping, mapping_version: _version, mapping_hash: _hash, ...origin } = source;
  return { ...rest, source: origin };
}

function differingFields(before: unknown, after: unknown, path: string): readonly FieldDifference[] {
  if (Object.is(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((key) => differingFields(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
