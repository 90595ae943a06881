import { cpus } from 'node:os';
import { figure, median, type Rounds, table } from '../rounds.ts';
import { type Latency } from './latency.ts';
import { type Pace } from './pace.ts';
import { type SmallInsert } from './small-insert.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const seconds = (values: readonly number[]): string =>
  values.length === 0 ? 'never' : values.map((value) => `${value.toFixed(0)} s`).join(' + ');

export const roundLine = (side: string, round: number, pace: Pace): string =>
  `round ${round}  ${side.padEnd(13)} ${figure(pace.flowing).padStart(7)} rows/s while it flows, ` +
  `${figure(pace.whole).padStart(7)} from start to end, first rows after ${pace.first_rows_s.toFixed(1)} s, ` +
  `stood still: ${seconds(pace.stalls)}`;

/** Both sides; the last column is ours to the peer's. */
export function paceTable(sides: readonly Rounds<Pace>[]): string {
  const row = (name: string, of: (pace: Pace) => number): string[] => {
    const rounds = sides.map(({ figures }) => figures.map(of));
    const [ours = NaN, peer = NaN] = rounds.map((values) => median(values));
    const cells = rounds.map((values) => `${figure(median(values))} (${values.map(figure).join(' · ')})`);
    return [name, ...cells, figure(ours / peer)];
  };
  return table([
    ['median (rounds)', ...sides.map(({ name }) => name), 'ratio'],
    row('rows/s while it flows', ({ flowing }) => flowing),
    row('rows/s from start to end', ({ whole }) => whole),
    [
      'stood still, in the rounds',
      ...sides.map(({ figures }) => figures.map((one) => seconds(one.stalls)).join(' · ')),
      '',
    ],
    row('processor seconds', (pace) => pace.engine_cpu_s + pace.projector_cpu_s),
  ]);
}

export const smallTable = (insert: SmallInsert, latency: Latency, perSecond: number): string =>
  table([
    ['small inserts', ''],
    ['an insert of one row, ms', figure(insert.wall_ms)],
    ['its processor time, merges included, ms', figure(insert.cpu_ms)],
    [`receipt to visible at ${figure(perSecond)} events/s, median, ms`, figure(latency.p50)],
    ['99 of 100 within, ms', figure(latency.p99)],
    [`the slowest of ${figure(latency.events)}, ms`, figure(latency.max)],
    ['cores that the engine is busy with meanwhile', figure(latency.engine_cores)],
  ]);

/** Where the processor time of our rounds went. */
export function limits(ours: readonly Pace[], rows: number): string {
  const engine = sum(ours.map((pace) => pace.engine_cpu_s)) / ours.length;
  const projector = sum(ours.map((pace) => pace.projector_cpu_s)) / ours.length;
  const took = sum(ours.map((pace) => rows / pace.whole)) / ours.length;
  const share = (value: number): string => `${Math.round((100 * value) / (engine + projector))} %`;
  return (
    `What limits it: of ${figure(engine + projector)} s of processor time a round the engine takes ${share(engine)} ` +
    `(inserts, views, merges), the projector's Node ${share(projector)}; together they keep ` +
    `${((engine + projector) / took).toFixed(2)} of ${cpus().length} cores busy, beside broker and watcher.`
  );
}
