import { parseTime } from '@affidavit/audit-model';
import { type AuditEvent, type ContentRef } from '@affidavit/contracts';
import { refuse } from '../refusal.ts';
import { completeRecord } from './complete.ts';
import { type Beside, type Body } from './draft.ts';
import { type ByteTools, type IntakePorts } from './ports.ts';
import { each } from './step.ts';

interface WireContent {
  readonly text?: string;
  readonly json?: unknown;
  readonly data_base64?: string;
  readonly capture?: string;
  readonly size_bytes?: number;
}
type Wire = Readonly<Record<string, unknown>>;

const FILLED_IN = [
  'event_id',
  'tenant_id',
  'environment',
  'region',
  'time_basis',
  'time_precision_us',
  'evidence_grade',
  'stream_id',
  'seq',
  'retention_class',
] as const;
const DEFAULT_MEDIA_TYPE: Readonly<Record<Body['kind'], string>> = {
  text: 'text/plain',
  json: 'application/json',
  bytes: 'application/octet-stream',
};

function readBody(wire: WireContent, path: string, bytes: ByteTools): Body | null {
  const given = (['text', 'json', 'data_base64'] as const).filter((name) => wire[name] !== undefined);
  if (given.length === 0 && (wire.capture === 'metadata' || wire.capture === 'none')) return null;
  if (given.length !== 1) refuse('content_invalid', path);
  if (wire.text !== undefined) return { kind: 'text', text: wire.text };
  if (wire.data_base64 === undefined) return { kind: 'json', json: wire.json };
  const decoded = bytes.fromBase64(wire.data_base64);
  return decoded
    ? { kind: 'bytes', bytes: decoded }
    : refuse('content_invalid', `${path}/data_base64`, 'Not base64 (RFC 4648, with padding).');
}

/** The bytes of a body. Inline JSON is its compact serialisation: its numbers were found exact, so nothing is lost. */
export function bodyBytes(body: Body, bytes: ByteTools): Uint8Array {
  switch (body.kind) {
    case 'text':
      return bytes.utf8(body.text);
    case 'json':
      return bytes.utf8(JSON.stringify(body.json));
    case 'bytes':
      return body.bytes;
  }
}

function contentOf(
  input: Wire,
  refs: readonly ContentRef[],
  ports: IntakePorts,
): { readonly bodies: (Body | null)[]; readonly refs: ContentRef[] } {
  const wires = (input['content'] ?? []) as readonly WireContent[];
  const bodies = wires.map((wire, index) => readBody(wire, `/content/${index}`, ports.bytes));
  const completed = refs.map((ref, index): ContentRef => {
    const body = bodies[index] ?? null;
    if (body === null) return ref;
    const size = bodyBytes(body, ports.bytes).length;
    if (size > ports.settings.limits.content_bytes) refuse('content_too_large', `/content/${index}`);
    if (ref.size_bytes !== null && ref.size_bytes !== size)
      refuse('content_invalid', `/content/${index}/size_bytes`, 'It is not the size of the body.');
    return { ...ref, size_bytes: size, media_type: ref.media_type || DEFAULT_MEDIA_TYPE[body.kind] };
  });
  return { bodies, refs: completed };
}

function displayNames(input: Wire): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const note = (place: string, holder: unknown): void => {
    const name = (holder as { readonly display_name?: string } | undefined)?.display_name;
    if (name) names.set(place, name);
  };
  note('actor', input['actor']);
  for (const list of ['on_behalf_of', 'subject_refs', 'object_refs']) {
    for (const [index, holder] of ((input[list] ?? []) as readonly unknown[]).entries())
      note(`${list}/${index}`, holder);
  }
  return names;
}

const markedPersons = (input: Wire): ReadonlySet<number> =>
  new Set(
    ((input['object_refs'] ?? []) as readonly { readonly person?: boolean }[]).flatMap((ref, index) =>
      ref.person === true ? [index] : [],
    ),
  );

/** The complete record, with what only the wire carries beside it. */
export const shape = each('shape', (draft, ports) => {
  const { input } = draft;
  const completed = completeRecord(input) as unknown as AuditEvent;
  const { bodies, refs } = contentOf(input, completed.content, ports);
  const precision = parseTime(input['occurred_at'])?.precision_us ?? 1;
  const beside: Beside = {
    bodies,
    display_names: displayNames(input),
    persons: markedPersons(input),
    given: new Set(FILLED_IN.filter((field) => input[field] !== undefined)),
  };
  // Made a moment ago, and nobody else has it: a copy of it would cost more than all of this.
  const record: AuditEvent = Object.assign(completed, {
    content: refs,
    time_precision_us: completed.time_precision_us ?? precision,
    seq: completed.seq ?? 0,
  });
  return { ...draft, record, beside };
});
