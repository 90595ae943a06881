import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Stack {
  readonly collector_url: string;
  readonly api_url: string;
  readonly kafka_brokers: string;
  readonly schema_registry_url: string;
  readonly clickhouse_url: string;
}
export type Role = 'connector' | 'investigator' | 'reviewer' | 'data_team' | 'administrator' | 'auditor';
export type Credentials = Readonly<Record<Role, string>> & {
  readonly clickhouse: { readonly user: string; readonly password: string };
};

/** The folder of the stack that the global set-up started. */
export const stackFolder = (): string => {
  const folder = process.env['AFFIDAVIT_STACK_DIR'];
  if (!folder) throw new Error('AFFIDAVIT_STACK_DIR is not set: end-to-end tests run through `npm test -- e2e`');
  return folder;
};
export const readStack = (folder = stackFolder()): Stack =>
  JSON.parse(readFileSync(join(folder, 'stack.json'), 'utf8')) as Stack;
export const readCredentials = (folder = stackFolder()): Credentials =>
  JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8')) as Credentials;

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs `affidavit ARGS` from the sources, as a user's terminal would. */
export function affidavit(args: readonly string[], folder = stackFolder()): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'libs/devkit/src/run.js'), ...args], {
      cwd: ROOT,
      env: { ...process.env, AFFIDAVIT_DATA: folder },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Tries until `attempt` answers something, at most `seconds`; the last error is the one thrown. */
export async function eventually<T>(attempt: () => Promise<T | undefined>, what: string, seconds = 60): Promise<T> {
  const until = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < until) {
    try {
      const found = await attempt();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await pause(200);
  }
  throw new Error(`not within ${seconds} s: ${what}`, { cause: last });
}
