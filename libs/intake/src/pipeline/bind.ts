import { readEventKey } from '@affidavit/audit-model';
import { type AuditEvent } from '@affidavit/contracts';
import { refuse } from '../refusal.ts';
import { type Draft } from './draft.ts';
import { type IntakePorts } from './ports.ts';
import { isAbove, maySend, maySpeakFor, type Sender } from './sender.ts';
import { each } from './step.ts';

function tenantOf({ tenant_id }: AuditEvent, sender: Sender, ports: IntakePorts): string {
  if (sender.tenant_id === '*') return tenant_id || ports.settings.default_tenant;
  if (tenant_id && tenant_id !== sender.tenant_id) refuse('tenant_mismatch', '/tenant_id');
  return sender.tenant_id;
}

function checkSender({ record, entry, sender }: Draft): void {
  if (!entry.senders.includes(sender.kind) || !maySend(sender, record.event_type))
    refuse('event_type_not_allowed', '/event_type');
  if (!maySpeakFor(sender, record.source.system)) refuse('source_not_allowed', '/source/system');
  if (record.source.connector_id && record.source.connector_id !== sender.connector_id)
    refuse('connector_mismatch', '/source/connector_id');
  if (isAbove(record.evidence_grade, sender.max_evidence_grade)) refuse('evidence_grade_too_high', '/evidence_grade');
}

/**
 * A gap in a stream makes answers incomplete, and closing one makes them whole again: a connector speaks of its own
 * streams only.
 */
function checkGap({ record: { gap }, sender }: Draft): void {
  if (sender.kind === 'connector' && gap.stream_id && !isStreamOf(sender, gap.stream_id))
    refuse('connector_mismatch', '/gap/stream_id', 'A connector declares gaps of its own streams only.');
}

/**
 * What the ids of links begin with that the linker's rules find (`rule_`) and that people say at the query API
 * (`link_`): it MUST agree with both.
 */
const OTHERS_LINKS: readonly string[] = ['rule_', 'link_'];

/**
 * People take back what rules found, and rules do not argue with people: both go by the basis. A connector that could
 * name either, or speak about their links, could undo them, and would be taken for a person.
 */
function checkLink({ record: { link }, sender }: Draft): void {
  if (sender.kind !== 'connector') return;
  if (link.basis === 'person' || link.basis === 'rule')
    refuse(
      'connector_mismatch',
      '/link/basis',
      'A connector says links of its source only: leave the basis out, or say source.',
    );
  if (OTHERS_LINKS.some((prefix) => link.link_id.startsWith(prefix)))
    refuse(
      'connector_mismatch',
      '/link/link_id',
      'Ids that begin with rule_ or link_ are of links of rules and people: a connector neither says nor takes back these.',
    );
}

/** Which link kinds join events, where the ends do not say their kind. */
const JOINS_EVENTS = 'effect_confirmation';

/** An event is named by its key: its id alone could be another connector's. */
function checkEventEnds({ record: { link } }: Draft): void {
  for (const end of ['from', 'to'] as const) {
    const [kind, id] = [link[`${end}_kind`], link[`${end}_id`]];
    const isEvent = kind === 'event' || (kind === '' && link.kind === JOINS_EVENTS);
    if (isEvent && id !== '' && readEventKey(id) === null)
      refuse('invalid_value', `/link/${end}_id`, 'An event is named as connector_id:event_id.');
  }
}

/** Connector ids hold no slash, so that no stream of one connector begins like those of another. */
const isStreamOf = (sender: Sender, streamId: string): boolean => streamId.startsWith(`${sender.connector_id}/`);

/** Numbers of the producer's own: both or none, and in a stream of its own name, which is none of the collector's. */
function numberingOf(
  { record, sender, beside }: Draft,
  ports: IntakePorts,
): Pick<AuditEvent, 'stream_id' | 'seq' | 'seq_origin'> {
  const ours = `${sender.connector_id}/${ports.streamSuffix}`;
  const hasStream = beside.given.has('stream_id');
  if (hasStream !== beside.given.has('seq'))
    refuse('missing_field', hasStream ? '/seq' : '/stream_id', 'stream_id and seq come together or not at all.');
  if (!hasStream) return { stream_id: ours, seq: 0, seq_origin: 'collector' };
  if (!isStreamOf(sender, record.stream_id)) refuse('connector_mismatch', '/stream_id');
  if (record.stream_id === ours) refuse('invalid_value', '/stream_id', 'The collector numbers this stream.');
  if (record.seq < 1) refuse('number_out_of_range', '/seq', 'Numbers start at 1.');
  return { stream_id: record.stream_id, seq: record.seq, seq_origin: 'producer' };
}

/** Said of an event whose sender does not say how strongly it vouches. */
const defaultGrade = (sender: Sender): AuditEvent['evidence_grade'] =>
  isAbove('self_reported', sender.max_evidence_grade) ? 'unknown' : 'self_reported';

/** Ties the event to the credential, and fills in what the sender left to the collector. */
export const bind = each('bind', (draft, ports) => {
  checkSender(draft);
  checkGap(draft);
  checkLink(draft);
  checkEventEnds(draft);
  const { record, sender, beside, entry } = draft;
  const { given } = beside;
  const { settings } = ports;
  if (record.time_precision_us < 1) refuse('number_out_of_range', '/time_precision_us', 'At least 1.');
  return {
    ...draft,
    record: {
      ...record,
      ...numberingOf(draft, ports),
      event_id: record.event_id || ports.newId(),
      tenant_id: tenantOf(record, sender, ports),
      environment: given.has('environment') ? record.environment : settings.environment,
      region: record.region || settings.region,
      retention_class: record.retention_class || settings.retention_class,
      observed_at: ports.clock(),
      time_basis: given.has('time_basis') ? record.time_basis : 'source',
      evidence_grade: given.has('evidence_grade') ? record.evidence_grade : defaultGrade(sender),
      phase: entry.phase,
      source: {
        ...record.source,
        connector_id: sender.connector_id,
        origin_format: record.source.origin_format === 'unknown' ? 'native' : record.source.origin_format,
      },
    },
  };
});
