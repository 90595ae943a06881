import { type ForwardedRecord } from '../avro-container.ts';
import { eventBody, type EventPart, type GenerationRig } from './generation-rig.ts';

export const person = (letter: string): string => `p_${letter.repeat(52)}`;

export const ACTIVITY = 'audit.activity.v1';
export const CONTROL = 'audit.control.v1';
export const ACCESS = 'audit.access.v1';

/** 2026-11-22T10:00:00Z. */
const TEN_O_CLOCK_US = 1_795_341_600_000_000;
const TOLD_AT_MS = 1_795_341_600_000;

/** What is told, in the order in which the log has it. */
export class Story {
  readonly #told: { readonly topic: string; readonly part: EventPart }[] = [];

  static readonly at = (seconds: number): number => TEN_O_CLOCK_US + seconds * 1_000_000;

  tell(event_id: string, event_type: string, seconds: number, part: EventPart, topic = ACTIVITY): void {
    const at = Story.at(seconds);
    const common = {
      occurred_at: at,
      observed_at: at,
      time_basis: 'source',
      stream_id: 'agent/1/a',
      seq: this.#told.length + 1,
      evidence_grade: 'self_reported',
      environment: 'production',
    };
    this.#told.push({ topic, part: { event_id, event_type, ...common, ...part } });
  }

  link(event_id: string, link: EventPart, event_type = 'link.asserted'): void {
    this.tell(event_id, event_type, 0, { source: { system: 'affidavit' }, link }, CONTROL);
  }

  /** The story as records, beginning at an offset of each topic; a later offset is a later copy. */
  records(rig: GenerationRig, firstOffset = 0): { records: ForwardedRecord[]; next: Readonly<Record<string, number>> } {
    const next: Record<string, number> = {};
    const records = this.#told.map(({ topic, part }, index) => {
      const offset = (next[topic] ??= firstOffset);
      next[topic] = offset + 1;
      return rig.record({ topic, offset, timestamp_ms: TOLD_AT_MS + firstOffset * 1_000 + index }, eventBody(part));
    });
    return { records, next };
  }
}

/** Writes a story into the log at an offset and lets readers see it. */
export async function insertStory(
  rig: GenerationRig,
  story: Story,
  firstOffset = 0,
): Promise<Readonly<Record<string, number>>> {
  const { records, next } = story.records(rig, firstOffset);
  await rig.insert(records);
  for (const [topic, offset] of Object.entries(next)) await rig.reach({ 0: offset }, topic);
  return next;
}
