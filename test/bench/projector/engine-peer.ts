import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectClickHouse, migrateGeneration } from '@affidavit/clickhouse';
import { nodeMain, startClickHouseDoor } from '@affidavit/embedded';
import { type BenchLog } from './ours.ts';
import { type Pace } from './pace.ts';

/** The same tables and views, fed by ClickHouse's Kafka engine in a process of its own (peer.ts). */
export async function measureEngine(log: BenchLog, round: number): Promise<Pace> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-bench-engine-'));
  const generation = `bench_engine_${round}`;
  const data = join(dir, 'clickhouse');
  // The door keeps the engine's own files in a folder of that name; must agree with its main.ts.
  const engine = join(data, 'engine');
  const writer = { name: 'writer', role: 'writer', password: 'of a benchmark on loopback' } as const;
  const door = await startClickHouseDoor({ dataDir: data, port: 0, users: [writer] });
  const client = connectClickHouse({
    url: door.url,
    username: writer.name,
    password: writer.password,
    application: 'bench',
  });
  await migrateGeneration(client, generation);
  await client.close();
  await door.stop();
  try {
    return await runPeer({ data: engine, generation, ...log });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function runPeer(options: object): Promise<Pace> {
  const main = nodeMain(new URL('./peer.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(main.command, [...main.args, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'pipe'] });
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
