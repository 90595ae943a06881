import { type RecentReceipts, type StoredReceipt } from './recent-receipts.ts';
import { type RecordIndex } from './record-index.ts';

/**
 * Receipts of the events with this id: of one connector when it is named, else of each that has one. None when neither
 * memory nor index knows it (yet). Rejects with `store_unavailable` when the index does not answer.
 */
export type FindReceipts = (
  tenantId: string,
  eventId: string,
  connectorId: string | undefined,
) => Promise<readonly StoredReceipt[]>;

/** Memory knows the newest of one connector at once; which connectors have an id only the index knows. */
export const receiptFinder =
  (recent: RecentReceipts, index: Pick<RecordIndex, 'receipts'> | null): FindReceipts =>
  async (tenantId, event_id, connector_id) => {
    const known = connector_id === undefined ? undefined : recent.find(tenantId, { connector_id, event_id });
    return known !== undefined ? [known] : ((await index?.receipts(tenantId, event_id, connector_id)) ?? []);
  };
