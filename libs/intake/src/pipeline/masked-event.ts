import { eventKey } from '@affidavit/audit-model';
import { type AuditEvent } from '@affidavit/contracts';
import { completeRecord } from './complete.ts';
import { type Draft } from './draft.ts';
import { withFactHash } from './fact.ts';
import { type IntakePorts } from './ports.ts';

export const COLLECTOR_CONNECTOR_ID = 'collector';
export const COLLECTOR_SYSTEM = 'affidavit';

/** The collector's own numbered stream. */
export const collectorStream = (ports: Pick<IntakePorts, 'streamSuffix'>): string =>
  `${COLLECTOR_CONNECTOR_ID}/${ports.streamSuffix}`;

/**
 * The fact that the collector masked something in the event: where (to the body, not into it) and by which rule. A pure
 * function of the event, so that sending the event again says the same fact under the same id.
 */
export function maskedEvent({ record, masked }: Draft, ports: IntakePorts): AuditEvent {
  const { detector } = ports.settings;
  // The collector says this of events of many connectors: their ids alone could meet.
  const target = eventKey(record.source.connector_id, record.event_id);
  const empty = completeRecord({
    event_type: 'content.transformed',
    source: { system: COLLECTOR_SYSTEM, connector_id: COLLECTOR_CONNECTOR_ID, origin_format: 'native' },
    actor: { type: 'system', id: COLLECTOR_SYSTEM },
    phase: 'effect',
    outcome: { status: 'success' },
    transformation: { method: 'mask', spans: masked },
    inspection: {
      detector_id: detector.id,
      detector_version: detector.version,
      verdict: 'transformed',
      findings: masked.map(({ path, category, count }) => ({ path, category, count })),
    },
    // A longer id than a detail holds stands in causation_id alone, rather than cut.
    details: target.length <= 256 ? { target_event_id: target } : {},
  }) as unknown as AuditEvent;
  const { tenant_id, environment, region, occurred_at, observed_at, retention_class, time_precision_us } = record;
  const {
    session_id,
    turn_id,
    task_id,
    run_id,
    parent_run_id,
    root_run_id,
    step_id,
    parent_step_id,
    trace_id,
    span_id,
    call_id,
    workspace_id,
    case_refs,
    subject_refs,
  } = record;
  const event: AuditEvent = {
    ...empty,
    tenant_id,
    environment,
    region,
    occurred_at,
    observed_at,
    retention_class,
    time_precision_us,
    session_id,
    turn_id,
    task_id,
    run_id,
    parent_run_id,
    root_run_id,
    step_id,
    parent_step_id,
    trace_id,
    span_id,
    call_id,
    workspace_id,
    case_refs,
    subject_refs,
    event_id: `${target}#masked`,
    causation_id: target,
    // The masking has no clock of its own: its time is the event's.
    time_basis: 'assigned',
    evidence_grade: 'gateway_observed',
    stream_id: collectorStream(ports),
    seq: 0,
    seq_origin: 'collector',
  };
  return withFactHash(event, ports.bytes);
}
