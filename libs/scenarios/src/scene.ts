import { type ActorInput, type EnvelopeInput, type EventInput, type EventType } from '@affidavit/contracts';
import { gradeOf, type SourceName } from './connectors.ts';

/** As it is posted: every id and every time is fixed, so that telling a story twice says the same facts. */
export type StoryEvent = EventInput & { readonly event_id: string; readonly occurred_at: string };

/** What the events of a scene share: run, session, agent, case … */
export type Facts = Partial<EnvelopeInput>;

type SetByScene = 'event_type' | 'event_id' | 'occurred_at' | 'source' | 'actor';
type OftenOfScene = 'run_id' | 'session_id' | 'step_id';
type InputOf<T extends EventType> = Extract<EventInput, { readonly event_type: T }>;
/** What the type demands and allows; what the scene gives already is left out. */
export type Fields<T extends EventType> = Omit<InputOf<T>, SetByScene | OftenOfScene> &
  Partial<Pick<EnvelopeInput, OftenOfScene>> & { readonly actor?: ActorInput };

/** A day, and what its events share. All times are UTC. */
export interface Scene {
  readonly story: string;
  readonly facts: Facts;
  /** `time` is HH:MM:SS, with as many decimals as the source's clock has. */
  tell<T extends EventType>(name: string, time: string, type: T, source: SourceName, fields: Fields<T>): StoryEvent;
  /** The same place with more facts, or on another day. */
  with(more: Facts, day?: string): Scene;
}

export function scene(story: string, day: string, facts: Facts): Scene {
  return {
    story,
    facts,
    tell(name, time, type, source, fields) {
      const event = {
        event_id: `${story}.${name}`,
        event_type: type,
        occurred_at: `${day}T${time}Z`,
        // The story sets the clock, as an import does: what counts as late is only what says otherwise.
        time_basis: 'assigned',
        environment: 'production',
        evidence_grade: gradeOf(source),
        ...facts,
        ...fields,
        source: { system: source, origin_event_id: `${source}/${story}.${name}` },
      };
      // The compiler cannot follow the union through the spread; the intake pipeline judges every event in the unit
      // test.
      return event as unknown as StoryEvent;
    },
    with: (more, other = day) => scene(story, other, { ...facts, ...more }),
  };
}

/** `HH:MM:SS.mmm`, `ms` later. Stays within the day: stories do not call tools at midnight. */
export function later(time: string, ms: number): string {
  const [hours = '0', minutes = '0', seconds = '0'] = time.split(':');
  const total = (Number(hours) * 60 + Number(minutes)) * 60_000 + Math.round(Number(seconds) * 1_000) + ms;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(total / 3_600_000)}:${two((total / 60_000) % 60)}:${two((total / 1_000) % 60)}.${String(total % 1_000).padStart(3, '0')}`;
}
