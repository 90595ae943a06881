import { AffidavitError } from '@affidavit/audit-model';
import { type IntakeOutcome, type IntakePorts, type ReadItem, runIntake } from '@affidavit/intake';
import { type RecordWriter } from '../log/record-writer.ts';
import { OWN_SENDER, type OwnEvent } from './own-event.ts';

/** An own event that no further try brings into the log: a defect of ours. */
export interface LostEvent {
  readonly event: OwnEvent;
  readonly code: string;
  readonly path: string;
  readonly error: unknown;
}

export interface Delivery {
  /** Not acknowledged, and worth another try; in the order in which they came. */
  readonly again: readonly OwnEvent[];
  readonly lost: readonly LostEvent[];
}

export interface DeliveryParts {
  readonly ports: IntakePorts;
  readonly writer: RecordWriter;
}

const NOTHING: Delivery = { again: [], lost: [] };

/**
 * Brings own events into the log. Each is an append of its own, so that one which cannot be encoded costs its
 * neighbours nothing; made in one tick they keep their order and share a batch. Never rejects.
 */
export async function deliver(events: readonly OwnEvent[], parts: DeliveryParts): Promise<Delivery> {
  let outcomes: readonly IntakeOutcome[];
  try {
    outcomes = await runIntake(
      events.map((value): ReadItem => ({ status: 'read', value })),
      OWN_SENDER,
      parts.ports,
    );
  } catch (error) {
    return (await oneByOne(events, error, parts)) ?? { again: events, lost: [] };
  }
  return together(
    await Promise.all(outcomes.map((outcome, at) => append(events[at] as OwnEvent, outcome, parts.writer))),
  );
}

/**
 * What a step throws is of one of them, and which one only shows when each goes alone; an outage is of them all:
 * undefined.
 */
async function oneByOne(
  events: readonly OwnEvent[],
  error: unknown,
  parts: DeliveryParts,
): Promise<Delivery | undefined> {
  if (mayPass(error)) return undefined;
  const [event, ...more] = events;
  if (event !== undefined && more.length === 0) return lost(event, error);
  const deliveries: Delivery[] = [];
  for (const one of events) deliveries.push(await deliver([one], parts));
  return together(deliveries);
}

async function append(event: OwnEvent, outcome: IntakeOutcome, writer: RecordWriter): Promise<Delivery> {
  // Our own event against our own contract: trying again would not mend it.
  if (outcome.status === 'rejected')
    return { again: [], lost: [{ event, code: outcome.refusal.code, path: outcome.refusal.path, error: undefined }] };
  try {
    await writer.events([outcome.event]);
    return NOTHING;
  } catch (error) {
    return mayPass(error) ? { again: [event], lost: [] } : lost(event, error);
  }
}

/** A topic that is missing is made by the log's operator, and then the event goes. */
const mayPass = (error: unknown): boolean =>
  error instanceof AffidavitError && (error.retryable || error.code === 'topic_unknown');

const lost = (event: OwnEvent, error: unknown): Delivery => ({
  again: [],
  lost: [{ event, code: error instanceof AffidavitError ? error.code : 'internal', path: '', error }],
});

const together = (all: readonly Delivery[]): Delivery => ({
  again: all.flatMap(({ again }) => again),
  lost: all.flatMap((one) => one.lost),
});
