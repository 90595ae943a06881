import { type GapLedger } from '@affidavit/intake';
import { type MakeOwnEvent, type OwnEvent } from './own-event.ts';
import { type OwnEventSource } from './own-events.ts';

interface Gap {
  readonly stream_id: string;
  readonly from_seq: number;
  readonly to_seq: number;
}

/** Declares numbers that were given and not acknowledged, once the log takes something again. */
export function gapSource(ledger: GapLedger, make: MakeOwnEvent): OwnEventSource {
  return {
    take: () =>
      ledger.take().map(({ tenant_id, stream_id, from, to }) =>
        make({
          event_type: 'collector.gap.detected',
          tenant_id,
          gap: { stream_id, from_seq: from, to_seq: to, kind: 'not_acknowledged' },
          details: { cause: 'log_unavailable', missing: String(to - from + 1) },
        }),
      ),
    giveBack(events: readonly OwnEvent[]) {
      for (const event of events) {
        const { stream_id, from_seq, to_seq } = event['gap'] as Gap;
        ledger.burn(event['tenant_id'] as string, stream_id, from_seq, to_seq);
      }
    },
  };
}
