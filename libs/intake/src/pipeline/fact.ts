import { compileFact } from '@affidavit/audit-model';
import { auditEventSchema, type AuditEvent } from '@affidavit/contracts';
import { refuse } from '../refusal.ts';
import { type ByteTools } from './ports.ts';
import { each } from './step.ts';

const factOf = compileFact(auditEventSchema);

/**
 * UTF-8 takes at most three bytes per UTF-16 unit; fields that equal their default take one byte each in Avro and none
 * here.
 */
const BYTES_PER_UNIT = 3;
const DEFAULTS_BYTES = 4_096;
const DEFAULT_FIELDS_BYTES = 512;

export const withFactHash = (record: AuditEvent, bytes: ByteTools): AuditEvent => ({
  ...record,
  fact_hash: bytes.sha256Hex(factOf(record)),
});

/**
 * The hash of what the record says, and whether a Kafka record can hold it: the JSON is never smaller than the Avro.
 */
export const fact = each('fact', (draft, ports) => {
  const { record_bytes } = ports.settings.limits;
  const text = factOf(draft.record);
  const tooLarge =
    text.length * BYTES_PER_UNIT + DEFAULTS_BYTES > record_bytes &&
    ports.bytes.utf8(text).length + DEFAULTS_BYTES > record_bytes;
  if (tooLarge) refuse('event_too_large', '');
  return {
    ...draft,
    approximate_bytes: text.length + DEFAULT_FIELDS_BYTES,
    record: { ...draft.record, fact_hash: ports.bytes.sha256Hex(text) },
  };
});
