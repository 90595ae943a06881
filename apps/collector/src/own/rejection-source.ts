import { type MakeOwnEvent, type OwnEvent } from './own-event.ts';
import { type OwnEventSource } from './own-events.ts';

/** One refusal, without anything of what was refused. */
export interface RefusedItem {
  readonly tenant_id: string;
  readonly connector_id: string;
  readonly code: string;
  /** A public path: names of the model and positions only. */
  readonly path: string;
  readonly claimed_type: string;
}

interface Folded extends RefusedItem {
  count: number;
}

/**
 * Credentials times codes; beyond it (thousands of connectors failing in one second) the rest is one row per tenant.
 */
const MAX_ROWS = 1_000;

/**
 * Refusals as events, folded: one per credential and code each time the log takes something (once a second), with a
 * count. A flood of bad input makes a number grow, not the log.
 */
export class RejectionSource implements OwnEventSource {
  readonly #make: MakeOwnEvent;
  #rows = new Map<string, Folded>();

  constructor(make: MakeOwnEvent) {
    this.#make = make;
  }

  note(item: RefusedItem, count = 1): void {
    const key = `${item.tenant_id}\u0000${item.connector_id}\u0000${item.code}`;
    const row = this.#rows.get(key);
    if (row) {
      row.count += count;
      // What differs between the folded ones is left out, rather than said of all of them.
      if (row.path !== item.path) this.#rows.set(key, { ...row, path: '' });
      if (row.claimed_type !== item.claimed_type)
        this.#rows.set(key, { ...(this.#rows.get(key) as Folded), claimed_type: '' });
      return;
    }
    if (this.#rows.size < MAX_ROWS || item.connector_id === '') this.#rows.set(key, { ...item, count });
    else this.note({ tenant_id: item.tenant_id, connector_id: '', code: item.code, path: '', claimed_type: '' }, count);
  }

  take(): readonly OwnEvent[] {
    const rows = [...this.#rows.values()];
    this.#rows = new Map();
    return rows.map(({ tenant_id, connector_id, code, path, claimed_type, count }) =>
      this.#make({
        event_type: 'event.rejected',
        tenant_id,
        actor: { type: 'service', id: connector_id || 'various' },
        outcome: { status: 'failure', code },
        details: {
          code,
          count: String(count),
          ...(path && { path: path.slice(0, 256) }),
          ...(claimed_type && { claimed_type }),
        },
      }),
    );
  }

  giveBack(events: readonly OwnEvent[]): void {
    for (const event of events) {
      const {
        code = '',
        path = '',
        claimed_type = '',
        count = '1',
      } = event['details'] as Readonly<Record<string, string>>;
      const id = (event['actor'] as { readonly id: string }).id;
      this.note(
        { tenant_id: event['tenant_id'] as string, connector_id: id === 'various' ? '' : id, code, path, claimed_type },
        Number(count),
      );
    }
  }
}
