import { canonicalJson } from '@affidavit/audit-model';
import { nodeBytes } from '../adapters/node-bytes.ts';
import { type MakeOwnEvent, type OwnEvent } from './own-event.ts';

export interface RegisteredSchema {
  readonly subject: string;
  readonly schema: object;
  readonly schema_id: number;
}

/**
 * The day on which version 1 of the contract was laid down. The registry keeps no time, and every start tells the same
 * fact again: with the time of the start in it, each would contradict the one before.
 */
const CONTRACT_DATE = '2026-11-23T00:00:00Z';

/** Seals what each schema says: whoever swaps two field names changes the meaning of every record. */
export function schemaEvent(
  { subject, schema, schema_id }: RegisteredSchema,
  tenantId: string,
  make: MakeOwnEvent,
): OwnEvent {
  const fingerprint = nodeBytes.sha256Hex(canonicalJson(schema));
  return {
    ...make({
      event_type: 'schema.registered',
      tenant_id: tenantId,
      occurred_at: CONTRACT_DATE,
      time_basis: 'assigned',
      change: { kind: 'created', item_id: subject, to_hash: fingerprint },
      details: { subject, schema_id: String(schema_id) },
    }),
    event_id: `schema.registered/${subject}/${schema_id}/${fingerprint}`,
  };
}
