import { canonicalDecimal } from '@affidavit/audit-model';
import { type JsonValue, type Scalar, scalarText } from '../json-value.ts';

/** Fields of sections that are numbers on the wire; every other leaf is text. A test holds this against the schemas. */
const INTEGERS = new Set([
  'usage.input_tokens',
  'usage.output_tokens',
  'usage.cached_tokens',
  'usage.reasoning_tokens',
  'usage.duration_ms',
  'usage.first_chunk_ms',
  'comparison.position',
  'artifact.size_bytes',
  'access.row_count',
  'policy.latency_ms',
  'inspection.count',
  'transformation.count',
  'approval.wait_ms',
  'run.expected_model_calls',
  'run.expected_tool_calls',
  'run.expected_effects',
]);
const DOUBLES = new Set([
  'retrieval.score',
  'inspection.score',
  'approval.threshold',
  'approval.value',
  'link.confidence',
]);
/** Money and its places, in its one form. What does not fit is sent as it is, so that the collector says so. */
const DECIMALS = new Map([
  ['usage.cost', 12],
  ['effect.amount', 6],
]);
/** RFC 3339 text or microseconds, as the mapping finds them. */
const TIMES = new Set(['approval.expires_at', 'change.effective_at']);
const BOOLEANS = new Set(['message.external']);

/** The value in the form its field takes; nothing when it cannot be that (the field is then left out). */
export function fieldValue(section: string, key: string, value: Scalar): readonly JsonValue[] {
  const field = `${section}.${key}`;
  if (INTEGERS.has(field)) return numberOf(value, Number.isSafeInteger);
  if (DOUBLES.has(field)) return numberOf(value, Number.isFinite);
  const places = DECIMALS.get(field);
  if (places !== undefined)
    return numberOf(value, Number.isFinite).map(
      (number) => canonicalDecimal(typeof value === 'string' ? value.trim() : number, places) ?? String(value),
    );
  if (TIMES.has(field)) return [value];
  if (BOOLEANS.has(field))
    return typeof value === 'boolean' ? [value] : value === 'true' || value === 'false' ? [value === 'true'] : [];
  const text = scalarText(value);
  return text === '' ? [] : [text];
}

function numberOf(value: Scalar, accept: (number: number) => boolean): readonly number[] {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && accept(number) ? [number] : [];
}
