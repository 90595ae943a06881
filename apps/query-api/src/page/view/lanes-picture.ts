import { type LaneLook } from './lane-looks.ts';
import { spanText, timeText } from './time-text.ts';

/** One thing that happened, as the picture needs it. */
export interface PictureItem {
  readonly lane: string;
  readonly micros: number;
  readonly iso: string;
  readonly title: string;
  readonly href: string;
  /** Failed, timed out or denied: drawn as a cross, not by colour alone. */
  readonly failed: boolean;
  /** A call is drawn longer than an event. */
  readonly call: boolean;
  readonly state: 'past' | 'now' | 'future';
}

export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly look: string;
  readonly title: string;
  readonly href: string;
  readonly failed: boolean;
  readonly call: boolean;
  readonly state: PictureItem['state'];
}

export interface LanesPicture {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly top: number;
  readonly lanes: readonly (LaneLook & { readonly y: number; readonly count: number })[];
  readonly marks: readonly Mark[];
  /** Through all marks in order: who acted after whom. */
  readonly thread: string;
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  readonly pauses: readonly { readonly x: number; readonly width: number; readonly text: string }[];
  /** Marks that stand for more than one step each. */
  readonly gathered: boolean;
}

const ROW = 34;
const TOP = 26;
const BOTTOM = 22;
const SIDE = 22;
const FIT = 1_008;
const [LEAST, MOST] = [11, 46];
const MAX_COLUMNS = 240;
const PAUSE_US = 60_000_000;
const LABEL_ROOM = 92;

/** A pause takes room by its order of magnitude: true to order, legible for microseconds beside days. */
const weight = (micros: number): number => 1 + Math.log10(1 + Math.max(0, micros) / 100_000);

interface Column {
  readonly items: readonly PictureItem[];
  readonly micros: number;
}

/**
 * `items` are in order. Time runs to the right; lanes lie under each other. Everything is a number: the style sheet has
 * the colours.
 */
export function lanesPicture(lanes: readonly LaneLook[], items: readonly PictureItem[]): LanesPicture {
  const size = Math.max(1, Math.ceil(items.length / MAX_COLUMNS));
  const columns: Column[] = [];
  for (let start = 0; start < items.length; start += size)
    columns.push({ items: items.slice(start, start + size), micros: items[start]?.micros ?? 0 });
  const weights = columns
    .slice(1)
    .map(({ micros }, index) => weight(micros - (columns[index]?.items.at(-1)?.micros ?? micros)));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const unit = Math.min(MOST, Math.max(LEAST, total === 0 ? MOST : FIT / total));
  const places = [SIDE];
  for (const one of weights) places.push((places.at(-1) ?? SIDE) + one * unit);
  const rows = new Map(lanes.map((lane, index) => [lane.id, { lane, y: TOP + index * ROW + ROW / 2 }]));
  const marks = columns.flatMap((column, index) => marksOf(column, round(places[index] ?? SIDE), rows));
  return {
    width: Math.max(round((places.at(-1) ?? SIDE) + SIDE), FIT + 2 * SIDE),
    height: TOP + lanes.length * ROW + BOTTOM,
    rowHeight: ROW,
    top: TOP,
    lanes: [...rows.values()].map(({ lane, y }) => ({
      ...lane,
      y,
      count: items.filter((item) => item.lane === lane.id).length,
    })),
    marks,
    thread: marks.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' '),
    ...scaleOf(columns, places),
    gathered: size > 1,
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** One mark for each lane that a column has something of. */
function marksOf(
  { items }: Column,
  x: number,
  rows: ReadonlyMap<string, { readonly lane: LaneLook; readonly y: number }>,
): readonly Mark[] {
  const byLane = new Map<string, PictureItem[]>();
  for (const item of items) byLane.set(item.lane, [...(byLane.get(item.lane) ?? []), item]);
  return [...byLane].flatMap(([id, own]) => {
    const [row, first] = [rows.get(id), own[0]];
    if (row === undefined || first === undefined) return [];
    const title = own.length === 1 ? first.title : `${own.length} steps from ${first.title}`;
    return [
      {
        x,
        y: row.y,
        look: row.lane.look,
        title,
        href: first.href,
        failed: own.some(({ failed }) => failed),
        call: own.some(({ call }) => call),
        state: own.some(({ state }) => state === 'now') ? ('now' as const) : first.state,
      },
    ];
  });
}

/** A clock time at the beginning and after each pause; the pauses' lengths. Labels that would overlap are left out. */
function scaleOf(columns: readonly Column[], places: readonly number[]): Pick<LanesPicture, 'ticks' | 'pauses'> {
  const ticks: { x: number; text: string }[] = [];
  const pauses: { x: number; width: number; text: string }[] = [];
  let day = '';
  columns.forEach((column, index) => {
    const x = places[index] ?? 0;
    const before = columns[index - 1]?.items.at(-1);
    const gap = before === undefined ? 0 : column.micros - before.micros;
    if (before !== undefined && gap > PAUSE_US)
      pauses.push({
        x: round(places[index - 1] ?? 0),
        width: round(x - (places[index - 1] ?? 0)),
        text: spanText(gap),
      });
    if (before !== undefined && gap <= PAUSE_US) return;
    const time = timeText(column.items[0]?.iso ?? '');
    if (ticks.length > 0 && x - (ticks.at(-1)?.x ?? 0) < LABEL_ROOM) return;
    ticks.push({
      x: round(x),
      text: time.day === day ? time.clock.slice(0, 8) : `${time.day.slice(5)} ${time.clock.slice(0, 5)}`,
    });
    day = time.day;
  });
  return { ticks, pauses };
}
