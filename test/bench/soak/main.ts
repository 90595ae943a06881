// `npm run soak -- [--minutes N] [--events-per-second R]`: a steady mix through collector, projector, query API and SQL
// door of a stack of its own. Prints rate, p50, p99, heap and memory of each tenth of the time, and ends with 1 when the
// end does not look like the beginning.
import { parseArgs } from 'node:util';
import { startStack } from '@affidavit/testkit';
import { figure, machine, table } from '../rounds.ts';
import { drive } from './drive.ts';
import { claimPort } from '@affidavit/embedded';
import { memoryOf } from './memory.ts';
import { FOLLOWS_THE_STORED, Mix, type SoakTarget } from './mix.ts';
import { growth, inParts, type MemorySample, type Tenth } from './tenths.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, 'events-per-second': { type: 'string', default: '60' } },
});
const seconds = Number(values.minutes) * 60;
const eventsPerSecond = Number(values['events-per-second']);
if (!(seconds > 0) || !(eventsPerSecond > 0)) {
  console.error('npm run soak -- [--minutes N] [--events-per-second R]: both are numbers above 0');
  process.exit(2);
}

const [projectorPort, linkerPort] = [await claimPort(0, 'PROJECTOR_PORT'), await claimPort(0, 'LINKER_PORT')];
const stack = await startStack({
  environment: { PROJECTOR_PORT: String(projectorPort), LINKER_PORT: String(linkerPort) },
});
const { collector_url, api_url } = stack.stack;
const target = { ...stack.stack, ...stack.credentials } as unknown as SoakTarget;
const metrics = {
  collector: collector_url,
  'query-api': api_url,
  projector: `http://127.0.0.1:${projectorPort}`,
  linker: `http://127.0.0.1:${linkerPort}`,
};
const memory: MemorySample[] = [];
const pids = await stack.processes();
let told = 0;
let looking = false;

/** Looks at the memory every few seconds, one look at a time, and says how far it is. */
function onBeat(at: number): void {
  if (at * 10 >= told + 1) console.log(`${new Date().toISOString().slice(11, 19)}  ${++told} of 10 tenths`);
  if (looking || (memory.at(-1)?.at ?? -1) + Math.max(2 / seconds, 0.01) > at) return;
  looking = true;
  void memoryOf(pids, metrics, target.connector, at)
    .then((samples) => memory.push(...samples))
    .finally(() => (looking = false));
}

function print(tenths: readonly Tenth[]): void {
  for (const { kind } of tenths[0]?.kinds ?? []) {
    const own = tenths.map(({ kinds }) => kinds.find((one) => one.kind === kind));
    const line = (name: string, of: (one: (typeof own)[number]) => string) => [name, ...own.map(of)];
    console.log(
      `\n${table([
        [kind, ...tenths.map((_, at) => String(at + 1))],
        line('answers a second', (one) => figure(((one?.requests ?? 0) - (one?.failed ?? 0)) / (seconds / 10))),
        line('failed', (one) => String(one?.failed ?? 0)),
        line('p50, ms', (one) => figure(one?.p50_ms ?? NaN)),
        line('p99, ms', (one) => figure(one?.p99_ms ?? NaN)),
      ])}`,
    );
  }
  const rows = (tenths[0]?.processes ?? []).map(({ process }) => [
    process,
    ...tenths.map(({ processes }) => {
      const own = processes.find((one) => one.process === process);
      const heap = own?.heap_mb ?? null;
      return `${heap === null ? '' : `${heap.toFixed(0)} / `}${(own?.rss_mb ?? NaN).toFixed(0)}`;
    }),
  ]);
  console.log(`\n${table([['heap / memory, MB', ...tenths.map((_, at) => String(at + 1))], ...rows])}`);
}

try {
  const { samples, held_back } = await drive(
    new Mix(target, 'soak'),
    { events_per_second: eventsPerSecond, questions_per_second: 2, seconds },
    onBeat,
  );
  const tenths = inParts(samples, memory);
  print(tenths);
  const grown = growth(tenths, { times: 1.5, heap_times: 1.3, heap_slack_mb: 30 }, FOLLOWS_THE_STORED);
  console.log(`\n${held_back} requests held back; ${machine()}`);
  console.log(grown.length === 0 ? 'The end looks like the beginning.' : `Grown: ${grown.join('; ')}`);
  process.exitCode = grown.length === 0 ? 0 : 1;
} finally {
  await stack.stop();
}
process.exit();
