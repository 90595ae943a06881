import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openCredentialStore } from '@affidavit/service-kit';
import { type Answer } from './collector-kit.ts';

const WORKSPACE = fileURLToPath(new URL('../../../..', import.meta.url));

/** The real process, as a supervisor starts it, with a credential of its own tenant. */
export class CollectorProcess {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #token: string;
  #exited: Promise<number | null>;
  url = '';

  private constructor(child: ChildProcess, token: string) {
    this.#child = child;
    this.#token = token;
    this.#exited = new Promise((resolve) => child.once('exit', resolve));
  }

  static async start(tenantId: string, environment: Readonly<Record<string, string>> = {}): Promise<CollectorProcess> {
    const directory = environment['KEY_RING_DIR'] ?? mkdtempSync(join(tmpdir(), 'affidavit-collector-'));
    const credentialsFile = join(directory, 'credentials.json');
    const { token } = await openCredentialStore(credentialsFile).add({
      name: 'retail',
      role: 'connector',
      connector_id: 'retail',
      tenant_id: tenantId,
    });
    const child = spawn(
      process.execPath,
      ['--conditions=@affidavit/source', '--import', './libs/devkit/src/loader.js', 'apps/collector/src/main.ts'],
      {
        cwd: WORKSPACE,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          CREDENTIALS_FILE: credentialsFile,
          KEY_RING_DIR: directory,
          COLLECTOR_PORT: '0',
          DEFAULT_TENANT: tenantId,
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const collector = new CollectorProcess(child, token);
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the collector ended with ${code}: ${collector.lines.at(-1)}`)));
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        collector.lines.push(line);
        const { msg, port: listening } = JSON.parse(line) as { readonly msg: string; readonly port?: number };
        if (msg === 'listening' && listening !== undefined) resolve(listening);
      });
    });
    collector.url = `http://127.0.0.1:${port}`;
    return collector;
  }

  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
  }

  async send(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.url + path, { ...init, headers: this.headers });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as unknown) : text,
    };
  }

  post(body: unknown): Promise<Answer> {
    return this.send('/v1/events', { method: 'POST', body: JSON.stringify(body) });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The exit code. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null) this.signal('SIGTERM');
    return this.#exited;
  }
}
