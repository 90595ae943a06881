import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeMain } from '@affidavit/embedded';
import { type BenchLog, openOurSide } from './our-side.ts';
import { type Pace } from './pace.ts';

/**
 * The peer's tuning, the best of what was tried (README of test). Its inserts run with the settings of the default
 * profile, which the engine in a process reads from a config.xml where it was started: the same two that the projector
 * sends with each insert.
 */
const TUNED = { consumers: 2, block: 65_536 };
const CONFIG = `<clickhouse>
  <logger><level>none</level></logger>
  <users_config>config.xml</users_config>
  <profiles><default>
    <optimize_on_insert>0</optimize_on_insert>
    <parallel_view_processing>1</parallel_view_processing>
    <insert_deduplicate>0</insert_deduplicate>
  </default></profiles>
  <users><default><password></password><networks><ip>::/0</ip></networks>
    <profile>default</profile><quota>default</quota></default></users>
  <quotas><default></default></quotas>
</clickhouse>`;

/** The same tables and views, fed by ClickHouse's Kafka engine in a process of its own (peer.ts). */
export async function measureEngine(log: BenchLog, round: number): Promise<Pace> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-bench-engine-'));
  const generation = `bench_engine_${round}`;
  const data = join(dir, 'clickhouse');
  const ours = await openOurSide(log, generation, data);
  await ours.stop();
  await writeFile(join(dir, 'config.xml'), CONFIG);
  try {
    // The door keeps the engine's own files in a folder of that name; must agree with its main.ts.
    return await runPeer({ data: join(data, 'engine'), generation, ...log, ...TUNED }, dir);
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

function runPeer(options: object, cwd: string): Promise<Pace> {
  const main = nodeMain(new URL('./peer.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(main.command, [...main.args, JSON.stringify(options)], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => {
      const line = output.split('\n').find((one) => one.startsWith('{'));
      if (code === 0 && line) resolve(JSON.parse(line) as Pace);
      else reject(new Error(`the peer ended with ${code}: ${errors.slice(-2_000)}`));
    });
  });
}
