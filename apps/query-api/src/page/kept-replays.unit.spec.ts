import { FrameMaker } from '../runs/frames.ts';
import { rowsOf } from '../runs/testdata/rows.ts';
import { type KeptReplay, ReplayKeeper } from './kept-replay.ts';
import { KeptReplays } from './kept-replays.ts';

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
const frames = (() => {
  const maker = new FrameMaker();
  return rowsOf(
    ...Array.from({ length: 250 }, () => ['tool.call.completed', { tool: { name: 'Größe\n\u2028' } }] as const),
  ).map((row) => maker.frame(row));
})();

async function keptOf(asOf: string, parts: readonly (typeof frames)[] = [frames]): Promise<KeptReplay> {
  const keeper = new ReplayKeeper();
  await keeper.add(line({ type: 'header', as_of: asOf }));
  for (const part of parts) await keeper.add(part.map(line).join(''));
  return keeper.kept();
}

describe('frames that are kept', () => {
  test('come back as they were made, from any number to any other', async () => {
    const kept = await keptOf('v', [frames.slice(0, 30), frames.slice(30, 199), frames.slice(199)]);
    expect([kept.asOf, kept.frames]).toEqual(['v', 250]);
    for (const [from, to] of [
      [1, 1],
      [1, 250],
      [100, 101],
      [101, 200],
      [99, 250],
      [250, 250],
      [240, 300],
      [-5, 2],
    ] as const)
      expect(await kept.between(from, to)).toEqual(frames.slice(Math.max(0, from - 1), to));
    expect(await kept.between(251, 260)).toEqual([]);
  });
  test('take little room', async () => {
    expect((await keptOf('v')).size_bytes).toBeLessThan(frames.map(line).join('').length / 5);
  });
});

describe('replays that are kept', () => {
  const key = { tenantId: 't', credentialId: 'c', runId: 'r', asOf: 'v' };
  const bounds = { entries: 2, bytes: 1_000_000, idleMs: 100 };

  test('are found by whoever read them, and by nobody else', async () => {
    const [kept, replay] = [new KeptReplays(), await keptOf('v')];
    kept.put(key, replay);
    expect(kept.get(key)).toBe(replay);
    for (const other of [{ tenantId: 'u' }, { credentialId: 'd' }, { runId: 's' }, { asOf: 'w' }])
      expect(kept.get({ ...key, ...other })).toBeUndefined();
  });
  test('go when there are too many, the one looked at longest ago first', async () => {
    const [kept, replay] = [new KeptReplays(() => 0, bounds), await keptOf('v')];
    for (const runId of ['1', '2']) kept.put({ ...key, runId }, replay);
    kept.get({ ...key, runId: '1' });
    kept.put({ ...key, runId: '3' }, replay);
    expect(['1', '2', '3'].map((runId) => kept.get({ ...key, runId }) !== undefined)).toEqual([true, false, true]);
  });
  test('go when they take too much room, and one that is larger than all of it is not kept', async () => {
    const replay = await keptOf('v');
    const kept = new KeptReplays(() => 0, { ...bounds, bytes: replay.size_bytes * 1.5 });
    kept.put(key, replay);
    kept.put(key, replay);
    expect(kept.get(key)).toBe(replay);
    kept.put({ ...key, runId: 's' }, replay);
    expect([kept.get(key), kept.get({ ...key, runId: 's' })]).toEqual([undefined, replay]);
    const tight = new KeptReplays(() => 0, { ...bounds, bytes: replay.size_bytes - 1 });
    tight.put(key, replay);
    expect(tight.get(key)).toBeUndefined();
  });
  test('go when nobody has looked at them for a while', async () => {
    let now = 0;
    const [kept, replay] = [new KeptReplays(() => now, bounds), await keptOf('v')];
    kept.put(key, replay);
    now = 99;
    expect(kept.get(key)).toBe(replay);
    now = 198;
    expect(kept.get(key)).toBe(replay);
    now = 298;
    expect(kept.get(key)).toBeUndefined();
  });
});
