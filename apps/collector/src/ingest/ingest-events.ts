import { AffidavitError, eventKey } from '@affidavit/audit-model';
import { errorCodes } from '@affidavit/contracts';
import {
  type Accepted,
  type Appended,
  type IntakeOutcome,
  type IntakePorts,
  type ReadItem,
  type Rejected,
  runIntake,
  type Sender,
} from '@affidavit/intake';
import { type Log } from '@affidavit/service-kit';
import { type RecordWriter } from '../log/record-writer.ts';
import { type IngestAnswer, type ItemError, type Receipt } from './answer.ts';
import { type DuplicateLookup, knownElsewhere, type RecordPlace } from './duplicate-lookup.ts';
import { type IngestMetrics } from './ingest-metrics.ts';
import { type KnownPersons } from './known-persons.ts';
import { logErrorOf } from './log-error.ts';
import { type RecentReceipts } from './recent-receipts.ts';

export interface IngestParts {
  readonly ports: IntakePorts;
  readonly writer: RecordWriter;
  readonly receipts: RecentReceipts;
  readonly duplicates: DuplicateLookup;
  readonly persons: KnownPersons;
  readonly metrics: IngestMetrics;
  /** Told of every refused item, so that the refusal is in the log as well. MUST NOT throw. */
  readonly onRejected: (rejected: Rejected, sender: Sender) => void;
  readonly log: Log;
}

type Sent =
  | { readonly status: 'appended'; readonly item: Accepted; readonly place: Appended }
  | { readonly status: 'failed'; readonly error: ItemError };

/** From read items to receipts: the pipeline, then the log, bodies first. */
export class IngestEvents {
  readonly #parts: IngestParts;

  constructor(parts: IngestParts) {
    this.#parts = parts;
  }

  /**
   * When it returns, every receipt is a durable record. Items that the log did not take are errors of their own; what
   * is rejected costs its neighbours nothing. Rejects only when a port failed before anything was decided.
   */
  async ingest(items: readonly ReadItem[], sender: Sender): Promise<IngestAnswer> {
    const outcomes = await decided(runIntake(items, sender, this.#parts.ports));
    const accepted = outcomes.filter((outcome) => outcome.status === 'accepted');
    const looked = this.#parts.duplicates.find(accepted);
    const sent = await this.#send(accepted);
    const known = await looked;
    const receipts = sent.flatMap((one) =>
      one.status === 'appended' ? [this.#receipt(one.item, one.place, known)] : [],
    );
    const failed = sent.flatMap((one) => (one.status === 'failed' ? [one.error] : []));
    const refused = this.#refuse(outcomes, sender);
    this.#parts.metrics.count(sent.length - failed.length, [...refused, ...failed]);
    return answerOf(receipts, [...refused, ...failed]);
  }

  /** What would happen, short of keys and log. */
  async validate(items: readonly ReadItem[], sender: Sender): Promise<IngestAnswer & { readonly validate_only: true }> {
    const outcomes = await decided(runIntake(items, sender, { ...this.#parts.ports, vault: null }));
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [errorOf(outcome)] : []));
    return {
      validate_only: true,
      accepted: outcomes.length - errors.length,
      rejected: errors.length,
      receipts: [],
      errors,
    };
  }

  #refuse(outcomes: readonly IntakeOutcome[], sender: Sender): ItemError[] {
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const outcome of refused) this.#parts.onRejected(outcome, sender);
    return refused.map(errorOf);
  }

  async #send(accepted: readonly Accepted[]): Promise<Sent[]> {
    const { writer } = this.#parts;
    // An event whose bodies are not durable stays out; the others go on. All bodies first, so that the events of a
    // request are appended in one tick and keep their order.
    const bodies = accepted.some(({ contents }) => contents.length > 0)
      ? await Promise.allSettled(
          accepted.map((item) => Promise.all(item.contents.map((content) => writer.content(content)))),
        )
      : [];
    return Promise.all(
      accepted.map(async (item, at): Promise<Sent> => {
        try {
          const body = bodies[at];
          if (body?.status === 'rejected') throw body.reason;
          const [place] = await writer.events([item.event, ...item.side_events]);
          if (!place)
            throw new AffidavitError('log_unavailable', 'no place in the answer of the log', { retryable: true });
          this.#parts.persons.note(item);
          this.#parts.metrics.masked(item.side_events.length);
          return { status: 'appended', item, place };
        } catch (error) {
          return { status: 'failed', error: logErrorOf(item, error, this.#parts.log) };
        }
      }),
    );
  }

  #receipt(item: Accepted, place: Appended, known: ReadonlyMap<string, RecordPlace>): Receipt {
    const { event_id, tenant_id, fact_hash, source } = item.event.record;
    const name = { event_id, connector_id: source.connector_id };
    const recent = this.#parts.receipts.note(tenant_id, name, fact_hash, place);
    const here = { topic: place.topic, partition: place.partition, offset: Number(place.offset) };
    const indexed = knownElsewhere(known.get(eventKey(name.connector_id, event_id)), { ...here, fact_hash });
    return {
      index: item.index,
      event_id,
      ...here,
      record_hash: place.record_hash,
      duplicate: recent === 'duplicate' || (recent === 'new' && indexed === 'duplicate'),
      ...((recent === 'conflict' || indexed === 'conflict') && { conflict: true as const }),
    };
  }
}

/** A port that is away (keys, scanner) is an outage like Kafka's to the sender: the contract has one word for both. */
async function decided(running: ReturnType<typeof runIntake>): ReturnType<typeof runIntake> {
  try {
    return await running;
  } catch (cause) {
    if (!(cause instanceof AffidavitError && cause.retryable)) throw cause;
    throw new AffidavitError('log_unavailable', 'The events could not be prepared for the log: send again.', {
      retryable: true,
      cause,
    });
  }
}

const byIndex = <T extends { readonly index: number }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => a.index - b.index);

const answerOf = (receipts: readonly Receipt[], errors: readonly ItemError[]): IngestAnswer => ({
  accepted: receipts.length,
  rejected: errors.length,
  receipts: byIndex(receipts),
  errors: byIndex(errors),
});

const errorOf = ({ index, event_id, refusal }: Rejected): ItemError => ({
  index,
  event_id,
  ...refusal,
  retryable: errorCodes[refusal.code].retryable,
});
