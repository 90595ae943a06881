import {
  type AuditEvent,
  eventTypes,
  type ContentRecord,
  type EventType,
  type EventTypeEntry,
} from '@affidavit/contracts';
import { type ReadItem } from '../json/read-body.ts';
import { type Refusal } from '../refusal.ts';
import { bind } from './bind.ts';
import { captureLevel } from './capture.ts';
import { clockRange } from './clock-range.ts';
import { contentOut } from './content-out.ts';
import { type DirectoryEntry, type Draft } from './draft.ts';
import { fact } from './fact.ts';
import { maskedEvent } from './masked-event.ts';
import { type IntakePorts } from './ports.ts';
import { pseudonymise } from './pseudonymise.ts';
import { scanSecrets } from './scan-secrets.ts';
import { type Sender } from './sender.ts';
import { shape } from './shape.ts';
import { type Step } from './step.ts';
import { isEventType, validate } from './validate.ts';

/** Everything that happens to an event between the request and the number that it gets at send. */
export const steps: readonly Step[] = [
  validate,
  shape,
  bind,
  clockRange,
  scanSecrets,
  captureLevel,
  pseudonymise,
  contentOut,
  fact,
];

/** A complete record, but for the number that it gets when it is sent. */
export interface PlannedEvent {
  readonly topic: string;
  readonly record: AuditEvent;
  readonly approximate_bytes: number;
}

export interface Accepted {
  readonly status: 'accepted';
  readonly index: number;
  readonly event: PlannedEvent;
  /** Events of the collector's about this one: content was masked. They go where the event goes. */
  readonly side_events: readonly PlannedEvent[];
  /** MUST be acknowledged before the event is sent. */
  readonly contents: readonly ContentRecord[];
  /** Whose directory entries are among the contents. */
  readonly directory: readonly DirectoryEntry[];
  /** Whether the sender gave the `event_id`: without one, sending again makes a second event. */
  readonly idempotent: boolean;
}

export interface Rejected {
  readonly status: 'rejected';
  readonly index: number;
  /** As far as they could be read. */
  readonly event_id: string | null;
  readonly event_type: EventType | null;
  readonly refusal: Refusal;
}

/** There is no third way: nothing is dropped. */
export type IntakeOutcome = Accepted | Rejected;

const NOTHING_BESIDE: Draft['beside'] = { bodies: [], display_names: new Map(), persons: new Set(), given: new Set() };

function draftOf(value: unknown, index: number, sender: Sender): Draft {
  // The empty places are filled by `validate` (entry) and `shape` (record, beside); no step before them looks.
  return {
    index,
    sender,
    input: value as Draft['input'],
    entry: undefined as unknown as EventTypeEntry,
    record: undefined as unknown as AuditEvent,
    beside: NOTHING_BESIDE,
    masked: [],
    directory: [],
    contents: [],
    approximate_bytes: 0,
  };
}

function rejected(value: unknown, index: number, refusal: Refusal): Rejected {
  const claimed = (typeof value === 'object' && value !== null ? value : {}) as {
    readonly event_id?: unknown;
    readonly event_type?: unknown;
  };
  const event_id = typeof claimed.event_id === 'string' && claimed.event_id.length <= 512 ? claimed.event_id : null;
  return {
    status: 'rejected',
    index,
    event_id,
    event_type: isEventType(claimed.event_type) ? claimed.event_type : null,
    refusal,
  };
}

function accepted(draft: Draft, ports: IntakePorts): Accepted {
  const { index, record, entry, masked, contents, directory, beside, approximate_bytes } = draft;
  const side_events =
    masked.length === 0
      ? []
      : [
          {
            topic: eventTypes['content.transformed'].topic,
            record: maskedEvent(draft, ports),
            approximate_bytes: draft.approximate_bytes,
          },
        ];
  return {
    status: 'accepted',
    index,
    event: { topic: entry.topic, record, approximate_bytes },
    side_events,
    contents,
    directory,
    idempotent: beside.given.has('event_id'),
  };
}

/**
 * Takes the items of one request through all steps. Answers one outcome for each, in order. Rejects only when a port
 * failed (retryable AffidavitError): then nothing was decided about any item.
 */
export async function runIntake(
  items: readonly ReadItem[],
  sender: Sender,
  ports: IntakePorts,
): Promise<readonly IntakeOutcome[]> {
  const outcomes: IntakeOutcome[] = [];
  let drafts: Draft[] = [];
  for (const [index, item] of items.entries()) {
    if (item.status === 'read') drafts.push(draftOf(item.value, index, sender));
    else outcomes[index] = rejected(item.value, index, item.refusal);
  }
  for (const step of steps) {
    const results = await step.run(drafts, ports);
    const left: Draft[] = [];
    for (const [at, result] of results.entries()) {
      const draft = drafts[at] as Draft;
      if (result.status === 'passed') left.push(result.draft);
      else outcomes[draft.index] = rejected(draft.input, draft.index, result.refusal);
    }
    drafts = left;
  }
  for (const draft of drafts) outcomes[draft.index] = accepted(draft, ports);
  return outcomes;
}
