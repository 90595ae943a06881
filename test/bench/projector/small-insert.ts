import { randomBytes } from 'node:crypto';
import { AvroContainer, insertContainer } from '@affidavit/clickhouse';
import { auditEventSchema } from '@affidavit/contracts';
import { median } from '../rounds.ts';
import { type BenchLog, openOurSide } from './our-side.ts';
import { processorSeconds } from './processor-time.ts';
import { sampleRecord } from './sample-events.ts';

/** What an insert of one row costs the engine: every table and view, the merges behind them, and the way through the door. */
export interface SmallInsert {
  readonly wall_ms: number;
  readonly cpu_ms: number;
}

const INSERTS = 60;
/** The first inserts load code and dictionaries. */
const WARM = 5;

export async function measureSmallInsert(log: BenchLog): Promise<SmallInsert> {
  const ours = await openOurSide(log, 'bench_small');
  const container = new AvroContainer(auditEventSchema);
  const walls: number[] = [];
  let before = NaN;
  try {
    for (let number = 0; number < WARM + INSERTS; number += 1) {
      if (number === WARM) before = await processorSeconds(ours.enginePid);
      const body = sampleRecord(number, 1).value.subarray(5);
      const at = { topic: 'bench.small', partition: 0, offset: BigInt(number), timestamp_ms: Date.now(), schema_id: 1 };
      const bytes = container.encode([{ ...at, record_hash: randomBytes(32), body }], randomBytes(16));
      const start = performance.now();
      await insertContainer(ours.client, ours.generation, 'events', bytes);
      if (number >= WARM) walls.push(performance.now() - start);
    }
    const used = (await processorSeconds(ours.enginePid)) - before;
    return { wall_ms: median(walls), cpu_ms: (1_000 * used) / INSERTS };
  } finally {
    await ours.stop();
  }
}
