import { createHash } from 'node:crypto';
import avro from 'avsc';
import { auditEventSchema } from '@affidavit/contracts';
import { filledValue } from '@affidavit/schemas';

/**
 * What the topic holds: events as an agent's run makes them, all 67 fields of the envelope present, about 30 of them
 * filled, a case, two objects and a person each, so that every event fans out into three timelines.
 */
const type = avro.Type.forSchema(auditEventSchema as unknown as avro.Schema, { wrapUnions: false });

/** A record in which nothing is given: every field of the schema at its default, what has none at a plain value. */
function emptyRecord(): Record<string, unknown> {
  const full = filledValue(auditEventSchema) as Record<string, unknown>;
  const fields = auditEventSchema.fields as readonly { name: string; default?: unknown }[];
  return Object.fromEntries(
    fields.map((field) => [field.name, field.default === undefined ? full[field.name] : field.default]),
  );
}

const empty = emptyRecord();
const pseudonym = (number: number): string =>
  `p_${'abcdefghijklmnopqrstuvwxyz234567'.repeat(2).slice(number % 10, (number % 10) + 52)}`;

export interface SampleRecord {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** The `number`th event as a Kafka record under `schemaId`. Deterministic, so that both sides read the same bytes. */
export function sampleRecord(number: number, schemaId: number): SampleRecord {
  const run = `bench/run/${Math.floor(number / 40)}`;
  const micros = 1_795_327_200_000_000 + number * 1_000;
  const record = {
    ...empty,
    event_id: `${run}#${number}`,
    event_type: 'tool.call.completed',
    tenant_id: 'default',
    environment: 'production',
    region: 'eu-central-1',
    occurred_at: micros,
    observed_at: micros + 2_000,
    time_basis: 'source',
    time_precision_us: 1,
    evidence_grade: 'gateway_observed',
    stream_id: 'bench/instance/boot',
    seq: number + 1,
    seq_origin: 'collector',
    source: { ...(empty['source'] as object), system: 'retail-agent', connector_id: 'bench', origin_format: 'native' },
    actor: { ...(empty['actor'] as object), type: 'agent', id: 'retail-agent', issuer: 'retail-agent' },
    on_behalf_of: [{ type: 'human', id: pseudonym(number), issuer: 'shop', relation: 'customer', grant_id: '' }],
    session_id: run,
    run_id: run,
    step_id: `step/${number % 40}`,
    call_id: `${run}/${number % 40}`,
    effect_id: `${run}/effect/${number % 40}`,
    case_refs: [{ system: 'helpdesk', type: 'ticket', id: run, role: '' }],
    object_refs: ['order', 'customer'].map((kind) => ({
      system: 'shop',
      instance: '',
      type: kind,
      id: `#W${number % 5_000}`,
      role: 'updated',
      version_before: '',
      version_after: '',
    })),
    phase: 'effect',
    outcome: { status: 'success', code: 'ok', reason: '' },
    retention_class: 'standard',
    content: [
      {
        role: 'tool_result',
        capture: 'full',
        content_id: `c_${createHash('sha256').update(String(number)).digest('hex').slice(0, 52)}`,
        size_bytes: 512,
        media_type: 'application/json',
        transform: '',
        truncated: false,
      },
    ],
    details: { arguments_state: 'parsed' },
    fact_hash: createHash('sha256').update(run).update(String(number)).digest(),
    tool: { ...(empty['tool'] as object), name: 'exchange_delivered_order_items', tier: 'write', protocol: 'function' },
  };
  const header = Buffer.alloc(5);
  header.writeInt32BE(schemaId, 1);
  return { key: Buffer.from(`default\u0000${run}`), value: Buffer.concat([header, type.toBuffer(record)]) };
}
