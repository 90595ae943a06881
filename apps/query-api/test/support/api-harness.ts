import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { base32 } from '@affidavit/audit-model';
import { createLog, Metrics, openCredentialStore, type Role, roles } from '@affidavit/service-kit';
import { contentEngine } from '../../src/content/content-engine.ts';
import { directoryIn } from '../../src/content/directory.ts';
import { issuersInEvents } from '../../src/identity/issuers.ts';
import { createQueryApi, type QueryApiParts } from '../../src/query-api.ts';
import { askerBinding } from '../../src/reading/asker-binding.ts';
import { type RunQuery } from '../../src/store/engine.ts';
import { type ViewReader } from '../../src/store/read-view.ts';

/** A stand-in for the key ring's HMAC: same form, known to the test. */
export const pseudonymOf = (tenantId: string, issuer: string, id: string): string =>
  `p_${base32(createHash('sha256').update([tenantId, issuer, id].join('\0')).digest())}`;

/** What an answer is: its shape is what the test looks at. */
export type Json = ReturnType<JSON['parse']>;

export interface ApiHarness {
  readonly app: NestFastifyApplication;
  readonly recorded: Readonly<Record<string, never>>[];
  /** Statements about links that went to the collector. */
  readonly stated: Readonly<Record<string, never>>[];
  readonly logged: string[];
  token(role: Role, tenantId?: string): string;
  get(
    url: string,
    role?: Role | null,
    tenantId?: string,
  ): Promise<{ status: number; body: Json; headers: Record<string, unknown> }>;
  post(
    url: string,
    body: unknown,
    role?: Role | null,
    tenantId?: string,
  ): Promise<{ status: number; body: Json; headers: Record<string, unknown> }>;
  close(): Promise<void>;
}

export interface HarnessEngines {
  readonly run: RunQuery;
  readonly generation: string;
  readonly runContent: RunQuery;
  readonly contentDatabase: string;
  /** For reports alone. */
  readonly views?: ViewReader;
}

/** The app as it is wired in production, with a recorder that keeps what it got and the test's own credentials. */
export async function openApi(engines: HarnessEngines, overrides: Partial<QueryApiParts> = {}): Promise<ApiHarness> {
  const directory = mkdtempSync(join(tmpdir(), 'affidavit-query-api-'));
  const credentials = openCredentialStore(join(directory, 'credentials.json'));
  const tokens = new Map<string, string>();
  for (const role of roles) {
    for (const tenant_id of role === 'service' ? ['*'] : ['default', 'other'])
      tokens.set(
        `${role} ${tenant_id}`,
        (
          await credentials.add({
            name: `${role} ${tenant_id}`,
            role,
            tenant_id,
            ...(role === 'connector' && { connector_id: 'connector' }),
          })
        ).token,
      );
  }
  const recorded: Readonly<Record<string, never>>[] = [];
  const stated: Readonly<Record<string, never>>[] = [];
  const logged: string[] = [];
  const http = await createQueryApi({
    log: createLog({ service: 'query-api', level: 'warn', write: (line) => void logged.push(line) }),
    metrics: new Metrics(`test-${randomUUID()}`),
    credentials,
    run: engines.run,
    views: engines.views ?? {
      rows: () => Promise.resolve({ columns: [], rows: [] }),
      parquet: () => Promise.resolve(Buffer.alloc(0)),
    },
    generation: engines.generation,
    issuers: issuersInEvents(engines.run, engines.generation),
    pseudonymise: pseudonymOf,
    content: contentEngine(engines.runContent, engines.contentDatabase),
    directory: directoryIn(engines.runContent, engines.contentDatabase),
    writeLink: (event) => {
      stated.push(event as never);
      return Promise.resolve({
        event_id: `stated ${stated.length}`,
        topic: 'audit.control.v1',
        partition: 0,
        offset: stated.length,
        record_hash: '00',
      });
    },
    record: (event) => Promise.resolve(void recorded.push(event as never)),
    bindAsker: askerBinding('test'),
    now: () => Date.now() * 1_000,
    ...overrides,
  });
  const { app } = http;
  await app.init();
  const token = (role: Role, tenantId = 'default'): string =>
    tokens.get(`${role} ${role === 'service' ? '*' : tenantId}`) ?? '';
  const call = async (method: 'GET' | 'POST', url: string, payload: unknown, role: Role | null, tenantId?: string) => {
    const headers = role === null ? {} : { authorization: `Bearer ${token(role, tenantId)}` };
    const answer = await app.inject({
      method,
      url,
      headers,
      ...(payload !== undefined && { payload: payload as object }),
    });
    const json = /[/+]json/.test(String(answer.headers['content-type'] ?? ''));
    return { status: answer.statusCode, body: json ? answer.json<unknown>() : answer.body, headers: answer.headers };
  };
  return {
    app,
    recorded,
    stated,
    logged,
    token,
    get: (url, role = 'investigator', tenantId) => call('GET', url, undefined, role, tenantId),
    post: (url, body, role = 'investigator', tenantId) => call('POST', url, body, role, tenantId),
    async close() {
      await http.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
