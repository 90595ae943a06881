import { formatTime, parseTime } from '@affidavit/audit-model';
import { type LaneLook, type LaneLooks } from './lane-looks.ts';
import { type RowView } from './row-view.ts';
import { timeText } from './time-text.ts';

export interface StripItem {
  readonly micros: number;
  readonly iso: string;
  readonly lane: string;
}

export interface ActivityStrip {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly look: string;
    readonly title: string;
  }[];
  /** Each stretch of time in which something happened, as a link to its events. */
  readonly hits: readonly {
    readonly x: number;
    readonly width: number;
    readonly href: string;
    readonly title: string;
  }[];
  readonly from: string;
  readonly to: string;
  readonly most: number;
}

const WIDTH = 1_000;
const HEIGHT = 56;
const BUCKETS = 72;

/** The page that shows a stretch of time only, from inclusive to exclusive. */
export type Narrow = (from: string, to: string) => string;

/** How much happened when: bars over true time, each cut by lane. Null when there is too little to draw. */
export function activityStrip(
  lanes: readonly LaneLook[],
  items: readonly StripItem[],
  narrow?: Narrow,
): ActivityStrip | null {
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined || items.length < 4 || last.micros <= first.micros) return null;
  const span = last.micros - first.micros;
  const buckets: StripItem[][] = Array.from({ length: BUCKETS }, () => []);
  for (const item of items)
    buckets[Math.min(BUCKETS - 1, Math.max(0, Math.floor(((item.micros - first.micros) / span) * BUCKETS)))]?.push(
      item,
    );
  const most = Math.max(...buckets.map(({ length }) => length));
  const bars = buckets.flatMap((bucket, index) => {
    let top = HEIGHT;
    return lanes.flatMap(({ id, look, label }) => {
      const count = bucket.filter(({ lane }) => lane === id).length;
      if (count === 0) return [];
      const height = Math.max(2, (count / most) * (HEIGHT - 4));
      top -= height;
      return [
        {
          x: round((index * WIDTH) / BUCKETS + 1),
          y: round(Math.max(0, top)),
          width: round(WIDTH / BUCKETS - 2),
          height: round(height),
          look,
          title: `${count} by ${label} from ${shortTime(bucket[0]?.iso ?? '')}`,
        },
      ];
    });
  });
  const hits =
    narrow === undefined
      ? []
      : buckets.flatMap((bucket, index) => {
          const [begin, end] = [
            first.micros + Math.floor((span * index) / BUCKETS),
            index === BUCKETS - 1 ? last.micros + 1 : first.micros + Math.ceil((span * (index + 1)) / BUCKETS),
          ];
          return bucket.length === 0
            ? []
            : [
                {
                  x: round((index * WIDTH) / BUCKETS),
                  width: round(WIDTH / BUCKETS),
                  href: narrow(formatTime(begin), formatTime(end)),
                  title: `Only these ${bucket.length}, from ${shortTime(bucket[0]?.iso ?? '')}`,
                },
              ];
        });
  return { width: WIDTH, height: HEIGHT, bars, hits, from: shortTime(first.iso), to: shortTime(last.iso), most };
}

const round = (value: number): number => Math.round(value * 10) / 10;

const shortTime = (iso: string): string => {
  const { day, clock } = timeText(iso);
  return `${day} ${clock.slice(0, 8)}`;
};

/** Of the rows of a page. */
export const activityOf = (looks: LaneLooks, rows: readonly RowView[], narrow?: Narrow): ActivityStrip | null =>
  activityStrip(
    looks.all,
    rows
      .filter(({ gap }) => gap === null)
      .map(({ lane, time }) => ({ micros: parseTime(time.iso)?.micros ?? 0, iso: time.iso, lane: lane.id })),
    narrow,
  );
