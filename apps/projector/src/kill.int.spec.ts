import { spawn, type ChildProcess } from 'node:child_process';
import { EngineRig } from './testing/engine-rig.ts';

const rig = new EngineRig();
const running = new Set<ChildProcess>();
beforeAll(() => rig.open());
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rig.close();
});

/** A whole projector as a process, as it runs in production. */
function start(): { child: ChildProcess; listening: Promise<void>; ended: Promise<number | null> } {
  const child = spawn(
    process.execPath,
    ['--conditions=@affidavit/source', '--import', './libs/devkit/src/loader.js', 'apps/projector/src/main.ts'],
    { env: rig.environment },
  );
  running.add(child);
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => (running.delete(child), resolve(code))),
  );
  const listening = new Promise<void>((resolve) =>
    child.stdout.on('data', (chunk: Buffer) => chunk.includes('"listening"') && resolve()),
  );
  return { child, listening: Promise.race([listening, ended.then(() => undefined)]), ended };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('projectors killed and joined at random while records come: each event once, in every timeline; SIGTERM ends with 0', async () => {
  const total = 6_000;
  const sending = (async () => {
    for (let i = 0; i < total; i += 200) {
      await rig.send(
        Array.from({ length: 200 }, (_, k) => {
          const n = i + k;
          // Every seventh is sent again under the same id.
          return rig.event({
            event_id: `e${n % 7 === 6 ? n - 1 : n}`,
            run_id: `r${n % 50}`,
            case_refs: [{ system: 'h', type: 't', id: `c${n % 10}`, role: '' }],
          });
        }),
      );
      await pause(60);
    }
  })();
  const first = start();
  await first.listening;
  await pause(1_500);
  const second = start();
  await second.listening;
  await pause(300);
  first.child.kill('SIGKILL');
  const third = start();
  await third.listening;
  await pause(700);
  second.child.kill('SIGKILL');
  await sending;
  const expected = total - Math.floor(total / 7);
  const count = () =>
    rig.read<{ n: number; ids: number }>('SELECT count() AS n, uniqExact(event_id) AS ids FROM $public.events');
  expect(await rig.until(count, ([row]) => row!.n >= expected, 100_000)).toEqual([{ n: expected, ids: expected }]);
  expect(await rig.read('SELECT count() AS n FROM $public.timeline_by_case')).toEqual([{ n: expected }]);
  expect(await rig.read('SELECT sum(duplicates) AS n, sum(conflict) AS c FROM $public.events')).toEqual([
    { n: total - expected, c: 0 },
  ]);
  expect(await rig.read('SELECT count() AS n FROM $generation.dead_letters')).toEqual([{ n: 0 }]);
  third.child.kill('SIGTERM');
  expect(await third.ended).toBe(0);
}, 180_000);
