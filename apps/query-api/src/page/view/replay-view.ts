import { eventRef } from '../../questions/links.ts';
import { type Frame } from '../../runs/frames.ts';
import { type LaneName, laneId, laneOf } from '../../runs/lanes.ts';
import { microsOf } from '../../runs/row.ts';
import { titleOf } from './describe-row.ts';
import { LaneLooks } from './lane-looks.ts';
import { type LanesPicture, lanesPicture } from './lanes-picture.ts';
import { stepPath } from './row-paths.ts';
import { type People } from './people.ts';
import { rowViews, type RowView } from './row-view.ts';
import { type Sentence } from './pieces.ts';
import { replayPath } from './run-paths.ts';
import { sentenceOf } from './sentences.ts';
import { elapsedText, millisText, stampText } from './time-text.ts';
import { costText, tokensText } from './usage-text.ts';
import { many, words } from './words.ts';

/** What a replay page needs of every frame: its place. The one that is shown comes whole. */
export interface FramePlace {
  readonly lane: LaneName;
  readonly at: string;
  readonly type: string;
  readonly failed: boolean;
}

export const placeOf = ({ event, at }: Pick<Frame, 'event' | 'at'>): FramePlace => ({
  lane: laneOf(event),
  at,
  type: event.event_type,
  failed:
    ['failure', 'timeout', 'denied'].includes(event.outcome?.status ?? '') || event.event_type.endsWith('.failed'),
});

export interface ReplayPlaces {
  readonly runId: string;
  readonly frame: Frame;
  /** Of the frames that are drawn. */
  readonly places: readonly FramePlace[];
  /** The number of the first of them. */
  readonly from: number;
  readonly frames: number;
  readonly asOf: string;
}

export interface ReplayView {
  readonly runId: string;
  readonly number: number;
  readonly frames: number;
  readonly sentence: Sentence;
  readonly row: RowView;
  readonly step: string;
  readonly stamp: string;
  readonly elapsed: string;
  readonly sinceStart: string;
  readonly lane: string;
  readonly look: string;
  readonly known: readonly { readonly label: string; readonly text: string; readonly warn: boolean }[];
  readonly state: readonly { readonly label: string; readonly text: string; readonly code: boolean }[];
  readonly picture: LanesPicture;
  /** Which frames are drawn, when not all are. */
  readonly drawn: string;
  readonly first: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  readonly last: string | null;
}

export function replayView({ runId, frame, places, from, frames, asOf }: ReplayPlaces, people: People): ReplayView {
  const looks = new LaneLooks();
  const items = places.map(({ lane, at, type, failed }, index) => {
    const look = looks.of(lane);
    const number = from + index;
    const state =
      number === frame.frame ? ('now' as const) : number < frame.frame ? ('past' as const) : ('future' as const);
    return {
      lane: look.id,
      micros: microsOf(at),
      iso: at,
      title: `${number}: ${titleOf(type)}`,
      href: replayPath(runId, number, asOf),
      failed,
      call: false,
      state,
    };
  });
  const look = looks.byId(laneId(laneOf(frame.event)));
  const to = (number: number): string | null =>
    number < 1 || number > frames || number === frame.frame ? null : replayPath(runId, number, asOf);
  return {
    runId,
    number: frame.frame,
    frames,
    sentence: sentenceOf(frame.event, people),
    row: rowViews([frame.event], people)[0] as RowView,
    step: stepPath(eventRef(frame.event)),
    stamp: stampText(frame.at),
    elapsed: frame.elapsed_ms === null ? '' : elapsedText(frame.elapsed_ms * 1_000),
    sinceStart: millisText(frame.since_start_ms),
    lane: look?.label ?? '',
    look: look?.look ?? '',
    known: knownOf(frame),
    state: stateOf(frame),
    picture: lanesPicture(looks.all, items),
    drawn:
      places.length < frames
        ? `Frames ${from.toLocaleString('en')} to ${(from + places.length - 1).toLocaleString('en')} are drawn.`
        : '',
    first: to(1),
    previous: to(frame.frame - 1),
    next: to(frame.frame + 1),
    last: to(frames),
  };
}

/** Of the frames up to this one, what the record could tell when its event was observed. */
function knownOf({ known_at, late_by_ms, known_then: { events, not_yet, policy, agent } }: Frame): ReplayView['known'] {
  const line = (label: string, text: string, warn = false): ReplayView['known'][number] => ({ label, text, warn });
  return [
    line(
      'on record since',
      `${stampText(known_at)}${late_by_ms > 0 ? `, ${millisText(late_by_ms)} after it happened` : ''}`,
    ),
    line('events known', many(events, 'event')),
    ...(not_yet.count > 0
      ? [line('not known yet', `${many(not_yet.count, 'earlier event')} came on record only later`, true)]
      : []),
    line(
      'policies in force',
      policy === null ? 'nobody had said' : [policy.policy_set, policy.version].filter((one) => one !== null).join(' '),
    ),
    line(
      'agent',
      agent === null
        ? 'nobody had said'
        : [agent.id, agent.version, agent.config_id].filter((one) => one !== null).join(' · '),
    ),
  ];
}

function stateOf({ state: { open_calls, open_approvals, usage, last_outcome } }: Frame): ReplayView['state'] {
  const line = (label: string, text: string, code = false): ReplayView['state'] =>
    text === '' ? [] : [{ label, text, code }];
  return [
    ...line(
      'calls under way',
      open_calls.length === 0 ? 'none' : open_calls.map(({ name, call_id }) => name ?? call_id).join(', '),
      open_calls.length > 0,
    ),
    ...line(
      'approvals awaited',
      open_approvals.length === 0 ? 'none' : open_approvals.join(', '),
      open_approvals.length > 0,
    ),
    ...line('tokens so far', tokensText(usage)),
    ...line('cost so far', costText(usage)),
    ...line(
      'last outcome',
      last_outcome === null
        ? 'none'
        : [words(last_outcome.status), last_outcome.code].filter((one) => one !== null).join(' · '),
    ),
  ];
}
