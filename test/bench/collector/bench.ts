import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchPart, figure, interleaved, machine, median, table } from '../rounds.ts';
import { type Load, post, type Shape, shapes } from './load.ts';
import { startTargets, type Targets } from './targets.ts';

const WARM_UP_SECONDS = 3;
/** Many waiting clients for single events; few for batches, of which each is a hundred events. */
const connectionsOf = ({ events }: Shape): number => (events === 1 ? 64 : 8);

interface Line {
  readonly shape: Shape;
  readonly ours: readonly Load[];
  readonly peer: readonly Load[];
}

const rates = (loads: readonly Load[]): readonly number[] => loads.map(({ events_per_second }) => events_per_second);

async function compare(targets: Targets, shape: Shape, seconds: number, rounds: number): Promise<Line> {
  const options = { connections: connectionsOf(shape), seconds };
  const sides = [
    { name: 'collector', measure: () => post(targets.collector, shape, options) },
    { name: 'bare server', measure: () => post(targets.peer, shape, options) },
  ];
  for (const { measure } of sides) await measure();
  const [ours, peer] = await interleaved(sides, rounds, (side, round, { events_per_second, p99_ms, failed }) =>
    console.log(
      `${shape.name}, round ${round}  ${side.padEnd(12)} ${figure(events_per_second).padStart(8)} events/s  ` +
        `p99 ${figure(p99_ms)} ms${failed > 0 ? `  ${failed} FAILED` : ''}`,
    ),
  );
  return { shape, ours: ours?.figures ?? [], peer: peer?.figures ?? [] };
}

/** The collector against a bare server that only writes JSON to the same broker; and its p99 at half of its load. */
export const collector: BenchPart = {
  usage: '[SECONDS [ROUNDS]]  events a second over HTTP, beside a bare Fastify server with kafkajs (8 s, 3 rounds)',
  async run([secondsGiven = '8', roundsGiven = '3', only = '']) {
    const [seconds, rounds] = [Number(secondsGiven), Number(roundsGiven)];
    const dir = await mkdtemp(join(tmpdir(), 'affidavit-bench-collector-'));
    const targets = await startTargets(dir);
    try {
      await post(targets.collector, shapes.single, { connections: 64, seconds: WARM_UP_SECONDS });
      const lines: Line[] = [];
      for (const shape of Object.values(shapes).filter(({ name }) => name.startsWith(only)))
        lines.push(await compare(targets, shape, seconds, rounds));
      const rows = lines.map(({ shape, ours, peer }) => {
        const [mine, its] = [median(rates(ours)), median(rates(peer))];
        return [shape.name, figure(mine), figure(its), figure(mine / its)];
      });
      console.log(`\n${table([['a request', 'collector, events/s', 'bare server', 'ratio'], ...rows])}\n`);
      const half = Math.round(median(rates(lines[0]?.ours ?? [])) / (lines[0]?.shape.events ?? 1) / 2);
      const calm = await post(targets.collector, lines[0]?.shape ?? shapes.single, {
        connections: 64,
        seconds,
        requests_per_second: half,
      });
      console.log(`at half of the load, ${figure(half)} requests/s: p50 ${calm.p50_ms} ms, p99 ${calm.p99_ms} ms`);
      console.log(`medians of ${rounds} interleaved rounds of ${seconds} s; load, broker and servers on one machine`);
      console.log(machine());
    } finally {
      await targets.stop();
      await rm(dir, { recursive: true, force: true });
    }
  },
};
