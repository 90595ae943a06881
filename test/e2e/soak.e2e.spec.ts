import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drive } from '../bench/soak/drive.ts';
import { memoryOf } from '../bench/soak/memory.ts';
import { FOLLOWS_THE_STORED, Mix } from '../bench/soak/mix.ts';
import { growth, inParts, type MemorySample } from '../bench/soak/tenths.ts';
import { readCredentials, readStack, stackFolder } from './support/stack.ts';

const SECONDS = 60;

/**
 * A library once kept every mark of its profiler: after a minute the collector was seven times slower, after ten seven
 * hundred times. No time is asserted here: the end of the minute is compared with its beginning.
 */
test('a minute of steady load: the end looks like the beginning', async () => {
  const [stack, credentials] = [readStack(), readCredentials()];
  const pids = JSON.parse(readFileSync(join(stackFolder(), 'processes.json'), 'utf8')) as Record<string, number>;
  const metrics = { collector: stack.collector_url, 'query-api': stack.api_url };
  const memory: MemorySample[] = [];
  const looks: Promise<unknown>[] = [];
  const { samples } = await drive(
    new Mix({ ...stack, ...credentials }, `soak-${Date.now()}`),
    { events_per_second: 150, questions_per_second: 3, seconds: SECONDS },
    (at) => {
      if (at * SECONDS < looks.length) return;
      looks.push(memoryOf(pids, metrics, credentials.connector, at).then((found) => memory.push(...found)));
    },
  );
  await Promise.all(looks);
  expect(samples.filter(({ ok, kind }) => !ok && kind.includes('event'))).toEqual([]);
  expect(samples.length).toBeGreaterThan(100);
  // Questions are few: one middle for all of them, but for those whose cost follows what is stored.
  const asked = samples
    .filter(({ kind }) => !FOLLOWS_THE_STORED.includes(kind))
    .map((one) => ({ ...one, kind: one.kind.includes('event') ? one.kind : 'question' }));
  const parts = inParts(asked, memory, 7);
  expect(growth(parts, { times: 2.5, heap_times: 1.5, heap_slack_mb: 60 })).toEqual([]);
}, 180_000);
