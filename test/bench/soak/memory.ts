import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type MemorySample } from './tenths.ts';

const run = promisify(execFile);

/** Where a process tells of its heap; processes that are not here have none that they tell of. */
export type MetricsUrls = Readonly<Record<string, string>>;

/** Resident memory of each process as the system sees it, and the heap of those that have `/metrics`. */
export async function memoryOf(
  pids: Readonly<Record<string, number>>,
  metrics: MetricsUrls,
  token: string,
  at: number,
): Promise<MemorySample[]> {
  return Promise.all(
    Object.entries(pids).map(async ([process, pid]) => ({
      process,
      at,
      rss_mb: await residentMb(pid),
      heap_mb: metrics[process] === undefined ? null : await heapMb(metrics[process], token),
    })),
  );
}

async function residentMb(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({ stdout: '0' }));
  return Number(stdout.trim()) / 1_024;
}

async function heapMb(url: string, token: string): Promise<number | null> {
  try {
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const found = /^nodejs_heap_size_used_bytes\S* (\S+)$/m.exec(await answer.text());
    return found ? Number(found[1]) / 2 ** 20 : null;
  } catch {
    return null;
  }
}
