import { type EventType } from '@affidavit/contracts';
import { formatTime } from '@affidavit/audit-model';
import { type RunRow } from '../row.ts';

type Given = { readonly [Key in keyof Omit<RunRow, 'event_type'>]?: RunRow[Key] | undefined };

/** An event as a test writes it. */
export type GivenRow = readonly [type: EventType, given?: Given];

const BASE_US = Date.UTC(2026, 10, 22, 6) * 1_000;

/** Rows by hand: each a second after the one before, unless it says otherwise. */
export function rowsOf(...events: readonly GivenRow[]): RunRow[] {
  return events.map(([event_type, given = {}], index) => {
    const occurred_at = given.occurred_at ?? formatTime(BASE_US + index * 1_000_000);
    return {
      event_id: `e${index}`,
      event_type,
      tenant_id: 'default',
      stream_id: 's',
      seq: index + 1,
      phase: 'observation',
      occurred_at,
      observed_at: occurred_at,
      run_id: 'r',
      kafka: { topic: 'audit.activity.v1', partition: 0, offset: index },
      late: false,
      order_uncertain: false,
      duplicates: 0,
      conflict: false,
      ...given,
    } as RunRow;
  });
}
