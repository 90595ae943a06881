import { type Kafka } from 'kafkajs';
import { percentile } from '../rounds.ts';
import { type BenchLog, openOurSide, type OurSide } from './our-side.ts';
import { type Acknowledged, PacedSender, type PacedTopic } from './paced-sender.ts';
import { processorSeconds } from './processor-time.ts';

/** From the receipt (Kafka acknowledged) to visible (the watermark passed it), in milliseconds. */
export interface Latency {
  readonly events: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** How many cores the engine was busy with. */
  readonly engine_cores: number;
}

const LOOK_EVERY_MS = 25;
/** What a start costs (joining the group, first plans) is not measured. */
const WARM_MS = 8_000;
const PATIENCE_MS = 30_000;

/** At `perSecond` events a second, for `seconds` after a start. The topic must be empty and no one else's. */
export async function measureLatency(
  kafka: Kafka,
  log: BenchLog,
  to: PacedTopic,
  perSecond: number,
  seconds: number,
): Promise<Latency> {
  const ours = await openOurSide({ ...log, topic: to.topic }, 'bench_latency');
  try {
    await ours.startProjector();
    const warm = performance.now() + WARM_MS;
    const waiting: Acknowledged[] = [];
    let done = false;
    const sending = new PacedSender(kafka, to)
      .run(perSecond, warm + seconds * 1_000, (one) => waiting.push(one))
      .finally(() => (done = true));
    const looked = await look(ours, waiting, warm, () => done);
    await sending;
    const all = looked.latencies;
    return {
      events: all.length,
      p50: percentile(all, 0.5),
      p99: percentile(all, 0.99),
      max: percentile(all, 1),
      engine_cores: looked.engine_cores,
    };
  } finally {
    await ours.stop();
  }
}

/** Looks at the watermark until everything that was sent is visible. A look's own time counts as latency. */
async function look(
  ours: OurSide,
  waiting: Acknowledged[],
  warm: number,
  done: () => boolean,
): Promise<{ latencies: readonly number[]; engine_cores: number }> {
  const latencies: number[] = [];
  let from: { cpu: number; at: number } | undefined;
  let lastSeen = performance.now();
  while (!done() || waiting.length > 0) {
    const visible = await ours.visible();
    const now = performance.now();
    if (!from && now >= warm) from = { cpu: await processorSeconds(ours.enginePid), at: now };
    for (const one of waiting.splice(0)) {
      if ((visible.get(one.partition) ?? 0) <= one.last) {
        waiting.push(one);
        continue;
      }
      lastSeen = now;
      if (one.at >= warm) for (let event = 0; event < one.count; event += 1) latencies.push(now - one.at);
    }
    if (now - lastSeen > PATIENCE_MS) throw new Error(`nothing became visible for ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  const used = (await processorSeconds(ours.enginePid)) - (from?.cpu ?? NaN);
  return { latencies, engine_cores: (1_000 * used) / (performance.now() - (from?.at ?? NaN)) };
}
