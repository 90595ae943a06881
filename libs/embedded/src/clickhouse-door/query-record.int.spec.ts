import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openDoorFixture, type DoorFixture } from './door-fixture.ts';

interface Recorded {
  readonly authorization: string | undefined;
  readonly event: Readonly<Record<string, unknown>>;
}

describe('direct queries are on record before they are answered', () => {
  let fixture: DoorFixture;
  let collector: Server;
  let status = 200;
  const recorded: Recorded[] = [];

  beforeAll(async () => {
    fixture = await openDoorFixture({ recording: true });
    for (const sql of [
      'CREATE DATABASE audit',
      "CREATE VIEW audit.events AS SELECT 'acme' AS tenant_id, 'SECRET' AS word",
    ])
      expect(await fixture.ask('writer', sql)).toMatchObject({ status: 200 });
    collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        if (status === 200)
          recorded.push({ authorization: request.headers.authorization, event: JSON.parse(body) as Recorded['event'] });
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(
            JSON.stringify(
              status === 200 ? { accepted: 1, rejected: 0 } : { errors: [{ code: 'log_unavailable', path: '' }] },
            ),
          );
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    collector.close();
    await fixture.close();
  });

  const unanswered = {
    status: 503,
    text: expect.stringMatching(
      /^Code: 210\. DB::Exception: The query could not be recorded, so it is not answered: [^\n]*\(NETWORK_ERROR\)/,
    ) as unknown,
  };

  test('without a collector nobody gets an answer, and the writer is not asked', async () => {
    const answer = await fixture.ask('acme', 'SELECT word FROM events');
    expect(answer).toMatchObject(unanswered);
    expect(answer.text).not.toContain('SECRET');
    expect(await fixture.ask('writer', 'SELECT 1')).toMatchObject({ status: 200 });
  });

  test('an answer: who, in which tenant, how many rows, which bytes; SQL and parameters as content', async () => {
    const file = join(fixture.dir, 'stack.json');
    await writeFile(
      file,
      JSON.stringify({ collector_url: `http://127.0.0.1:${(collector.address() as AddressInfo).port}` }),
    );
    const sql = 'SELECT word, {p:String} FROM events -- of ada@example.org';
    const answer = await fixture.ask('acme', sql, { param_p: 'ada' });
    expect(answer).toMatchObject({ status: 200, text: 'SECRET\tada\n' });
    expect(recorded).toMatchObject([
      {
        authorization: 'Bearer aff_service',
        event: {
          event_type: 'audit.query.executed',
          tenant_id: 'acme',
          actor: { type: 'service', id: 'acme' },
          outcome: { status: 'success' },
          query: { kind: 'sql', rows: 1, answer_hash: createHash('sha256').update(answer.text).digest('hex') },
          content: [{ role: 'query', json: { sql, parameters: { param_p: 'ada' } } }],
        },
      },
    ]);
    const { content: _content, ...evidence } = recorded[0]!.event;
    expect(JSON.stringify(evidence)).not.toMatch(/ada@|SELECT|SECRET/);
  });

  test('what failed while it ran is on record, since an error may quote; what was refused, too; bad grammar and handshakes are not', async () => {
    recorded.length = 0;
    expect((await fixture.ask('acme', 'SELECT toUInt8(word) FROM events')).status).toBe(400);
    expect((await fixture.ask('acme', 'SELECT * FROM system.tables')).status).toBe(403);
    expect((await fixture.ask('acme', 'SELEC 1')).status).toBe(400);
    expect(
      (
        await fixture.ask('acme', 'SELECT displayName(), version(), revision(), timezone()', {
          default_format: 'Native',
        })
      ).status,
    ).toBe(200);
    expect(recorded.map(({ event }) => event['outcome'])).toEqual([
      { status: 'failure', code: 'clickhouse_6' },
      { status: 'denied', code: 'clickhouse_497' },
    ]);
  });

  test('every try at a closed door is on record: other databases, settings, and no hint names what is hidden', async () => {
    recorded.length = 0;
    expect((await fixture.ask('acme', 'SELECT 1', { database: 'system' })).status).toBe(403);
    expect((await fixture.ask('acme', 'SELECT word FROM events SETTINGS readonly = 0')).status).not.toBe(200);
    expect(recorded.map(({ event }) => (event['outcome'] as { status: string }).status)).toEqual(['denied', 'denied']);
    for (const sql of ['CREATE DATABASE audit_g9', 'CREATE TABLE audit_g9.facts (x UInt8) ENGINE = Memory'])
      expect(await fixture.ask('writer', sql)).toMatchObject({ status: 200 });
    expect((await fixture.ask('acme', 'SELECT * FROM factz')).text).not.toContain('audit_g9');
  });

  test('a collector that refuses or is gone: no answer, no rows, not even in an error', async () => {
    status = 503;
    expect(await fixture.ask('acme', 'SELECT word FROM events')).toMatchObject(unanswered);
    const quoting = await fixture.ask('acme', 'SELECT toUInt8(word) FROM events');
    expect(quoting).toMatchObject(unanswered);
    expect(quoting.text).not.toContain('SECRET');
    expect(await fixture.ask('acme', 'SELECT * FROM system.tables')).toMatchObject({ status: 403 });
    await new Promise((resolve) => collector.close(resolve).closeAllConnections());
    expect(await fixture.ask('acme', 'SELECT word FROM events')).toMatchObject(unanswered);
  });
});
