import { type BenchLog, openOurSide, type OurSide } from './our-side.ts';
import { type Pace, paceOf, samplesUntil } from './pace.ts';
import { processorSeconds } from './processor-time.ts';

/**
 * The real projector process in front of the real door: from an empty generation and a new consumer group until every
 * row is admitted by the watermark, which is when a reader would see it.
 */
export async function measureOurs(log: BenchLog, round: number): Promise<Pace> {
  const ours = await openOurSide(log, `bench_ours_${round}`);
  try {
    const before = await processorSeconds(ours.enginePid);
    const began = performance.now();
    const projector = await ours.startProjector();
    const admitted = async (): Promise<number> => [...(await ours.visible()).values()].reduce((sum, n) => sum + n, 0);
    const samples = await samplesUntil(admitted, log.rows, began);
    const stored = await rowsStored(ours);
    if (stored !== log.rows) throw new Error(`${stored} rows in the table, ${log.rows} in the topic`);
    return {
      ...paceOf(samples),
      engine_cpu_s: (await processorSeconds(ours.enginePid)) - before,
      projector_cpu_s: await processorSeconds(projector),
    };
  } finally {
    await ours.stop();
  }
}

async function rowsStored({ client, generation }: OurSide): Promise<number> {
  const answer = await client.query({ query: `SELECT count() AS n FROM ${generation}.events`, format: 'JSONEachRow' });
  return Number((await answer.json<{ n: string }>())[0]?.n);
}
