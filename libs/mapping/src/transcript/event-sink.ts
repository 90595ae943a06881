import { limits } from '../limits.ts';
import { RecordError } from '../record-error.ts';
import { type WireEvent } from '../wire-event.ts';
import { type RunClock } from './clock.ts';

/** What every event of a run shares. */
export interface RunBase {
  readonly runId: string;
  readonly mapping: { readonly id: string; readonly version: string; readonly hash: string };
  readonly source: { readonly system: string; readonly instance?: string };
  /** Envelope fields that the run sets for all of its events. */
  readonly envelope: Readonly<Record<string, unknown>>;
}

export type EventFields = Omit<Partial<WireEvent>, 'event_id' | 'event_type' | 'occurred_at'> &
  Pick<WireEvent, 'actor'>;

/**
 * Collects the events of one run in order and gives each its id: `<mapping id>:<run id>/<place>`. The place is made of
 * indexes and fixed words, so the same transcript gives the same ids every time, on every machine.
 */
export class EventSink {
  readonly events: WireEvent[] = [];
  private readonly base: RunBase;
  private readonly clock: RunClock;
  /** What all ids of the run begin with. */
  readonly prefix: string;

  constructor(base: RunBase, clock: RunClock) {
    this.base = base;
    this.clock = clock;
    this.prefix = `${base.mapping.id}:${idText(base.runId)}`;
  }

  /** Adds an event and answers its id, for the events that it causes. */
  add(place: string, type: string, fields: EventFields): string {
    if (this.events.length >= limits.eventsPerRecord) {
      throw new RecordError(
        'record_work_exceeded',
        `the record makes more than ${String(limits.eventsPerRecord)} events`,
      );
    }
    const { mapping, source, envelope, runId } = this.base;
    const eventId = `${this.prefix}/${place}`;
    this.events.push(
      withoutEmpty({
        event_id: eventId,
        event_type: type,
        ...this.clock.stamp(),
        source: {
          ...source,
          origin_format: 'import',
          origin_event_id: `${runId}/${place}`,
          mapping_id: mapping.id,
          mapping_version: mapping.version,
          mapping_hash: mapping.hash,
        },
        ...envelope,
        run_id: runId,
        ...fields,
        ...joined(envelope, fields),
      }),
    );
    return eventId;
  }
}

const LISTS = ['case_refs', 'object_refs', 'labels', 'categories'] as const;

/** What the run says of all its events stands before what an event says of itself; each reference once. */
function joined(envelope: RunBase['envelope'], fields: EventFields): Partial<Record<(typeof LISTS)[number], never>> {
  const lists = LISTS.map((name) => {
    const all = [
      ...((envelope[name] as readonly unknown[] | undefined) ?? []),
      ...((fields[name] as readonly unknown[] | undefined) ?? []),
    ];
    return [name, [...new Map(all.map((each) => [JSON.stringify(each), each])).values()]] as const;
  });
  return Object.fromEntries(lists);
}

/**
 * Readable ids of a safe alphabet: what lies outside it is percent-encoded by code unit, so two runs never share one.
 */
function idText(runId: string): string {
  return runId.replaceAll(/[^A-Za-z0-9._~/@+=,-]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Optional members are left out: an empty id or list would be refused. */
function withoutEmpty(event: WireEvent): WireEvent {
  const full = Object.entries(event).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(full) as unknown as WireEvent;
}
