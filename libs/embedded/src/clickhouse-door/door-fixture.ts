import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClickHouseDoor, type ClickHouseDoor } from './start-clickhouse-door.ts';

export const PASSWORDS = { writer: 'writer-secret', acme: 'acme-secret', umbra: 'umbra-secret' } as const;
export type FixtureUser = keyof typeof PASSWORDS;

export interface DoorFixture {
  readonly dir: string;
  door: ClickHouseDoor;
  /** POSTs `sql` and gives what came back. */
  ask(
    user: FixtureUser,
    sql: string,
    url?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; text: string; headers: Headers }>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A door of its own for one spec file: two tenants, one reader each. */
/**
 * `recording`: readers' queries are recorded at the collector that `stack.json` in the fixture's directory names, once
 * it is there.
 */
export async function openDoorFixture({ recording = false } = {}): Promise<DoorFixture> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-door-'));
  const start = () =>
    startClickHouseDoor({
      dataDir: join(dir, 'clickhouse'),
      port: 0,
      ...(recording && { recording: { stackFile: join(dir, 'stack.json'), token: 'aff_service' } }),
      users: [
        { name: 'writer', role: 'writer', password: PASSWORDS.writer },
        { name: 'acme', role: 'reader', tenantId: 'acme', password: PASSWORDS.acme },
        { name: 'umbra', role: 'reader', tenantId: 'umbra', password: PASSWORDS.umbra },
      ],
    });
  const fixture: DoorFixture = {
    dir,
    door: await start(),
    ask: async (user, sql, url = {}) => {
      const response = await fetch(`${fixture.door.url}/?${new URLSearchParams(url).toString()}`, {
        method: 'POST',
        body: sql,
        headers: { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': PASSWORDS[user] },
      });
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
    restart: async () => {
      fixture.door = await start();
    },
    close: async () => {
      await fixture.door.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return fixture;
}
