import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importFiles, type ImportRequest, type ImportResult, type World } from '../src/import/import-files.ts';
import { type FakeCollector } from './fake-collector.ts';

export const mappingsFolder = fileURLToPath(new URL('../mappings/', import.meta.url));
export const retailMapping = join(mappingsFolder, 'retail-agent.yaml');
export const retailSample = join(mappingsFolder, 'samples/retail-sample.json');

/** A folder of its own for each test, and the imports that are made in it. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'affidavit-import-'));
  readonly said: string[] = [];
  readonly waits: number[] = [];

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  file(name: string, content: unknown): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** Runs of one prompt and one answer each: enough of them for several requests. */
  runs(count: number, events = 60): string {
    const runs = Array.from({ length: count }, (_, task) => ({
      task_id: task,
      trial: 0,
      reward: 1,
      info: { task: { user_id: `user_${String(task)}` } },
      traj: Array.from({ length: Math.max(1, Math.floor(events / 3)) }, (_, turn) => [
        { role: 'user', content: `question ${String(turn)}` },
        { role: 'assistant', content: `answer ${String(turn)}` },
      ]).flat(),
    }));
    return this.file('runs.json', runs);
  }

  import(
    collector: Pick<FakeCollector, 'url'>,
    more: Partial<ImportRequest> & { readonly token?: string } = {},
  ): Promise<ImportResult> {
    const { token = 'token', ...request } = more;
    let clock = Date.now();
    const world: World = {
      access: () => Promise.resolve({ url: collector.url, token }),
      fetch: (url, init) => fetch(url, init),
      // Waiting takes no time here, but the patience runs out as if it did.
      sleep: (ms) => {
        clock += ms;
        this.waits.push(ms);
        return Promise.resolve();
      },
      now: () => clock,
      terminal: { isTTY: false, write: (text) => void this.said.push(text) },
    };
    return importFiles(
      {
        files: [retailSample],
        mappingPath: retailMapping,
        set: 'demo',
        start: '2026-01-05T09:00:00Z',
        startMicros: Date.UTC(2026, 0, 5, 9) * 1_000,
        env: {},
        dryRun: false,
        again: false,
        patienceMs: 120_000,
        dataDirectory: this.folder,
        collectorName: 'stack',
        ...request,
      },
      world,
    );
  }
}
