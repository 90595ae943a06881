import { type StoredReceipt } from './recent-receipts.ts';

/**
 * Undefined when neither memory nor index knows the event (yet). Rejects with `store_unavailable` when the index does
 * not answer.
 */
export type FindReceipt = (tenantId: string, eventId: string) => Promise<StoredReceipt | undefined>;
