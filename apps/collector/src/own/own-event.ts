import { type EventType } from '@affidavit/contracts';
import { COLLECTOR_CONNECTOR_ID, COLLECTOR_SYSTEM, type Sender } from '@affidavit/intake';

/** The collector speaking about itself, through the same pipeline as everybody. */
export const OWN_SENDER: Sender = {
  kind: 'service',
  tenant_id: '*',
  connector_id: COLLECTOR_CONNECTOR_ID,
  sources: [COLLECTOR_SYSTEM],
  event_types: ['*'],
  max_evidence_grade: 'gateway_observed',
};

/** In the wire's form, complete with id and time, so that sending it again says the same. */
export type OwnEvent = Readonly<Record<string, unknown>> & {
  readonly event_id: string;
  readonly event_type: EventType;
};

/** What happened, without the parts that all own events share. */
export type OwnFact = Readonly<Record<string, unknown>> & {
  readonly event_type: EventType;
  readonly tenant_id: string;
};

export type MakeOwnEvent = (fact: OwnFact) => OwnEvent;

export const ownEventMaker =
  (newId: () => string, clock: () => number): MakeOwnEvent =>
  (fact) => ({
    event_id: newId(),
    occurred_at: clock(),
    time_basis: 'collector',
    evidence_grade: 'gateway_observed',
    source: { system: COLLECTOR_SYSTEM },
    actor: { type: 'system', id: COLLECTOR_SYSTEM },
    ...fact,
  });
