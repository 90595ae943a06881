import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, HttpCode, Module, Param, Post } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AffidavitError } from '@affidavit/audit-model';
import { errorCodes } from '@affidavit/contracts';
import { type Credential } from '../credentials/credential.ts';
import { openCredentialStore } from '../credentials/credential-store.ts';
import { Metrics } from '../health/metrics.ts';
import { createLog } from '../log/log.ts';
import { CurrentCredential, Roles } from './bearer.guard.ts';
import { createHttpApp, type HttpApp, type HttpAppOptions } from './create-app.ts';
import { listen } from './listen.ts';

const slow = { release: () => {}, entered: () => {} };

@Controller('v1')
class ToyController {
  @Get('whoami')
  whoami(@CurrentCredential() credential: Credential) {
    return { name: credential.name };
  }

  @Roles('auditor')
  @Get('secrets/:id')
  secrets(@Param('id') id: string) {
    return { length: id.length };
  }

  @HttpCode(200)
  @Post('echo')
  echo(@Body() body: unknown) {
    return { bytes: Buffer.isBuffer(body) ? body.toString('utf8') : null, json: Buffer.isBuffer(body) ? null : body };
  }

  @Get('fail/:how')
  fail(@Param('how') how: string) {
    if (how === 'known')
      throw new AffidavitError('ambiguous', 'Two cases have this id.', {
        detail: { candidates: ['a', 'b'], status: 200 },
      });
    if (how === 'away') throw new AffidavitError('log_unavailable', 'Kafka did not acknowledge.', { retryable: true });
    if (how === 'inner')
      throw new AffidavitError('key_ring_unavailable', 'cannot write /var/keys', { retryable: true });
    throw new Error('SELECT secret FROM table');
  }

  @Get('slow')
  async slow() {
    slow.entered();
    await new Promise<void>((resolve) => {
      slow.release = resolve;
    });
    return { done: true };
  }
}

@Module({ controllers: [ToyController] })
class ToyModule {}

let directory: string;
let token: string;
let http: HttpApp;
let app: NestFastifyApplication;
let lines: string[];
let kafkaIsUp: boolean;

async function start(over: Partial<HttpAppOptions> = {}): Promise<void> {
  const credentials = openCredentialStore(join(directory, 'credentials.json'));
  token = (await credentials.add({ name: 'me', role: 'investigator', tenant_id: 'default' })).token;
  const log = createLog({ service: 'toy', write: (line) => lines.push(line) });
  http = await createHttpApp(ToyModule, {
    log,
    credentials,
    metrics: new Metrics('toy'),
    problems: errorCodes,
    bodyLimitBytes: 100,
    readiness: [{ name: 'kafka', check: () => (kafkaIsUp ? Promise.resolve() : Promise.reject(new Error('down'))) }],
    ...over,
  });
  app = http.app;
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
}

const call = (
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  options: { payload?: string; headers?: Record<string, string> } = {},
) =>
  app.inject({
    method,
    url,
    ...(options.payload !== undefined && { payload: options.payload }),
    headers: { authorization: `Bearer ${token}`, ...options.headers },
  });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kit-'));
  lines = [];
  kafkaIsUp = true;
});
afterEach(async () => {
  await app.close();
  rmSync(directory, { recursive: true });
});

describe('createHttpApp', () => {
  test('healthz and readyz are open and say little', async () => {
    await start();
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await app.inject('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true, checks: [{ name: 'kafka', ok: true }] }]);
  });

  test('readyz is 503 while something is away', async () => {
    kafkaIsUp = false;
    await start();
    const ready = await app.inject('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([503, { ready: false, checks: [{ name: 'kafka', ok: false }] }]);
  });

  test.each(['/v1/whoami', '/metrics', '/nowhere', '/healthz/', '/healthz/x', '//healthz', '/v1/fail/known'])(
    '%s needs a credential',
    async (url) => {
      await start();
      const bodies = [];
      for (const headers of [
        {},
        { authorization: 'Bearer aff_000000000000_' + 'A'.repeat(43) },
        { authorization: `Basic ${token}` },
      ]) {
        const answer = await app.inject({ url, headers });
        expect(answer.statusCode).toBe(401);
        expect(answer.headers['content-type']).toBe('application/problem+json');
        expect(answer.headers['www-authenticate']).toBe('Bearer realm="affidavit"');
        bodies.push(answer.json());
      }
      expect(bodies[0]).toMatchObject({
        type: 'urn:affidavit:problem:unauthenticated',
        status: 401,
        code: 'unauthenticated',
        retryable: false,
      });
      expect(bodies[1]).toEqual(bodies[0]);
    },
  );

  test('a stranger’s body is not even read', async () => {
    await start();
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/echo',
      payload: 'x'.repeat(1_000),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(401);
  });

  test('the credential reaches the handler; metrics need any', async () => {
    await start();
    expect((await call('GET', '/v1/whoami?q=person@example.org')).json()).toEqual({ name: 'me' });
    const metrics = await call('GET', '/metrics');
    expect(metrics.headers['content-type']).toContain('text/plain');
    expect(metrics.body).toContain('route="/v1/whoami"');
    expect(metrics.body).toContain('process_cpu_seconds_total');
    expect(metrics.body).not.toContain('person@example.org');
  });

  test('a role that is not enough is 403', async () => {
    await start();
    const answer = await call('GET', '/v1/secrets/1');
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
  });

  test.each([
    ['/v1/fail/known', 409, 'ambiguous'],
    ['/v1/fail/away', 503, 'log_unavailable'],
    ['/v1/fail/inner', 503, 'unavailable'],
    ['/v1/fail/unknown', 500, 'internal'],
    ['/v1/nowhere', 404, 'not_found'],
    ['/v1/%zz', 400, 'unreadable'],
  ] as const)('%s is %i %s', async (url, status, code) => {
    await start();
    const answer = await call('GET', url);
    expect([answer.statusCode, answer.json().code, answer.json().status]).toEqual([status, code, status]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
    expect(answer.body).not.toMatch(/SELECT|var\/keys|zz|nowhere/);
    expect(lines.join('')).not.toMatch(/SELECT/);
    if (status >= 500) expect(lines.join('')).toContain('/v1/fail/:how');
  });

  test('a path that exists with another method is 405 and says which; a stranger learns neither', async () => {
    await start();
    const answer = await call('DELETE', '/v1/secrets/a%2Fb');
    expect([answer.statusCode, answer.json().code, answer.headers.allow]).toEqual([
      405,
      'method_not_allowed',
      'GET, HEAD',
    ]);
    expect((await call('POST', '/v1/whoami/more')).statusCode).toBe(404);
    expect((await app.inject({ method: 'DELETE', url: '/v1/secrets/1' })).statusCode).toBe(401);
  });

  test('a known error’s facts are members of the problem, and cannot replace its own', async () => {
    await start();
    expect((await call('GET', '/v1/fail/known')).json()).toMatchObject({
      candidates: ['a', 'b'],
      status: 409,
      detail: 'Two cases have this id.',
    });
  });

  test('what Fastify refuses is a problem too', async () => {
    await start();
    const json = { 'content-type': 'application/json' };
    const large = await call('POST', '/v1/echo', { payload: JSON.stringify({ a: 'x'.repeat(200) }), headers: json });
    expect([large.statusCode, large.json().code]).toEqual([413, 'body_too_large']);
    const broken = await call('POST', '/v1/echo', { payload: '{"a":', headers: json });
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'unreadable']);
    const poisoned = await call('POST', '/v1/echo', { payload: '{"__proto__": {"a": 1}}', headers: json });
    expect(poisoned.statusCode).toBe(400);
    const media = await call('POST', '/v1/echo', { payload: '<a/>', headers: { 'content-type': 'application/xml' } });
    expect([media.statusCode, media.json().code]).toEqual([415, 'unsupported_media_type']);
  });

  test('raw bodies arrive as they were sent, of the listed types only', async () => {
    await start({ rawBody: ['application/json', 'application/x-ndjson'] });
    const text = '{"a": 9007199254740993, "a": 1}';
    expect(
      (
        await call('POST', '/v1/echo', {
          payload: text,
          headers: { 'content-type': 'application/json; charset=utf-8' },
        })
      ).json().bytes,
    ).toBe(text);
    expect(
      (
        await call('POST', '/v1/echo', { payload: '{}\n{}', headers: { 'content-type': 'application/x-ndjson' } })
      ).json().bytes,
    ).toBe('{}\n{}');
    expect(
      (await call('POST', '/v1/echo', { payload: 'x', headers: { 'content-type': 'text/plain' } })).statusCode,
    ).toBe(415);
  });

  test('parsed bodies keep unknown fields and types; POST answers what it says', async () => {
    await start();
    const answer = await call('POST', '/v1/echo', {
      payload: '{"n": "1", "extra": null}',
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.statusCode, answer.json().json]).toEqual([200, { n: '1', extra: null }]);
  });

  test('long ids pass the router; nothing tells what software answers', async () => {
    await start();
    const answer = await call('GET', `/v1/fail/${'x'.repeat(2_000)}`);
    expect(answer.statusCode).toBe(500);
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('closing finishes what is under way and tells new requests to come again', async () => {
    await start();
    const port = await listen(
      app,
      { host: '127.0.0.1', port: 0 },
      createLog({ service: 'toy', write: (line) => lines.push(line) }),
    );
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'listening', port });
    const headers = { authorization: `Bearer ${token}` };
    const entered = new Promise<void>((resolve) => {
      slow.entered = resolve;
    });
    const underWay = fetch(`http://127.0.0.1:${port}/v1/slow`, { headers });
    await entered;
    const closed = http.close();
    const refused = await app.inject({ url: '/v1/whoami', headers });
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      503,
      'shutting_down',
      '1',
    ]);
    slow.release();
    expect(await (await underWay).json()).toEqual({ done: true });
    await closed;
  });

  test('what Node refuses before there is a request is a problem, too', async () => {
    await start();
    const port = await listen(
      app,
      { host: '127.0.0.1', port: 0 },
      createLog({ service: 'toy', write: () => undefined }),
    );
    const answer = await fetch(`http://127.0.0.1:${port}/v1/whoami?id=${'x'.repeat(20_000)}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([431, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({
      status: 431,
      code: 'invalid_parameter',
      detail: expect.stringContaining('16 KiB') as string,
    });
  });

  test('a taken port is one sentence', async () => {
    await start();
    const log = createLog({ service: 'toy', write: () => undefined });
    const port = await listen(app, { host: '127.0.0.1', port: 0 }, log);
    const first = http;
    await start();
    await expect(listen(app, { host: '127.0.0.1', port }, log)).rejects.toThrow(`port ${port} on 127.0.0.1 is taken`);
    await first.close();
  });
});
