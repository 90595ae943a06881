import { createSessions } from '../src/page/session.ts';
import { type ApiHarness, openApi } from './support/api-harness.ts';
import { fakeEngine, oneOfEverything } from './support/fake-engine.ts';

describe('signing in', () => {
  const engine = fakeEngine(oneOfEverything);
  let api: ApiHarness;
  beforeAll(async () => {
    api = await openApi({
      run: engine.run,
      generation: 'audit_g1',
      runContent: engine.run,
      contentDatabase: 'audit_content',
    });
  }, 60_000);
  afterAll(() => api.close());

  const form = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    api.app.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
    });
  const signIn = async (token: string): Promise<string> => {
    const answer = await form('/sign-in', { token, next: '/cases/x/timeline' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/cases/x/timeline']);
    return String(answer.headers['set-cookie']);
  };

  test('a browser without a session is led to the form, a program gets 401', async () => {
    const browser = await api.app.inject({ url: '/cases/x/timeline?id=a%2Fb', headers: { accept: 'text/html,*/*' } });
    expect([browser.statusCode, browser.headers.location]).toEqual([
      303,
      `/sign-in?next=${encodeURIComponent('/cases/x/timeline?id=a%2Fb')}`,
    ]);
    expect((await api.app.inject({ url: '/cases/x/timeline' })).statusCode).toBe(401);
    expect((await api.app.inject({ url: '/v1/cases/x/timeline', headers: { accept: 'text/html' } })).statusCode).toBe(
      401,
    );
  });
  test('the cookie is a number of its own, for this site and no script', async () => {
    const token = api.token('investigator');
    const cookie = await signIn(token);
    expect(cookie).toMatch(/^affidavit_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800$/);
    expect(cookie).not.toContain(token);
    const session = cookie.split(';', 1)[0] ?? '';
    for (const url of ['/', '/cases/x/timeline', '/docs', '/openapi.json', '/v1/cases/x/timeline'])
      expect([url, (await api.app.inject({ url, headers: { cookie: session } })).statusCode]).toEqual([url, 200]);
    await form('/sign-out', {}, { cookie: session });
    expect((await api.app.inject({ url: '/', headers: { cookie: session } })).statusCode).toBe(401);
  });
  test('a session lasts no longer than its credential', async () => {
    const sessions = createSessions();
    const { id } = sessions.open('aff_x');
    expect(sessions.tokenOf(id)).toBe('aff_x');
    expect((await api.app.inject({ url: '/', headers: { cookie: `affidavit_session=${id}` } })).statusCode).toBe(401);
  });
  test('sessions end by time and are bounded', () => {
    let now = 0;
    const sessions = createSessions(() => now);
    const first = sessions.open('t').id;
    now = 8 * 3_600_000 - 1;
    expect(sessions.tokenOf(first)).toBe('t');
    now += 1;
    expect(sessions.tokenOf(first)).toBeUndefined();
    const second = sessions.open('u').id;
    for (let count = 0; count < 10_000; count += 1) sessions.open('v');
    expect(sessions.tokenOf(second)).toBeUndefined();
  });
  test('a wrong token, and a form from elsewhere, open nothing', async () => {
    expect((await form('/sign-in', { token: 'aff_000000000000_' })).statusCode).toBe(401);
    const token = api.token('investigator');
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      const answer = await form('/sign-in', { token }, headers);
      expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, undefined]);
    }
    const old = await api.app.inject({
      method: 'POST',
      url: '/sign-in',
      payload: `token=${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://evil.org', host: 'localhost' },
    });
    expect(old.statusCode).toBe(403);
  });
  test('a cookie posts from our own pages only', async () => {
    const session = (await signIn(api.token('investigator'))).split(';', 1)[0] ?? '';
    const ours = await form('/find', { q: 'x' }, { cookie: session });
    expect(ours.statusCode).not.toBe(401);
    expect((await form('/find', { q: 'x' }, { cookie: session, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(401);
    expect(
      (await api.app.inject({ method: 'POST', url: '/v1/search', payload: {}, headers: { cookie: session } }))
        .statusCode,
    ).toBe(401);
  });
  test('a raw id in an address is not kept there', async () => {
    const answer = await api.get('/users/ada@example.org/timeline?limit=5');
    expect([answer.status, answer.body]).toEqual([200, expect.not.stringContaining('href="/users/ada')]);
  });
  test.each(['/', '/sign-in', '/docs', '/v1/cases/x/timeline', '/nothing'])(
    '%s comes with headers that keep other sites out',
    async (url) => {
      const { headers } = await api.get(url);
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'");
      expect(String(headers['content-security-policy'])).not.toMatch(/script-src[^;]*unsafe/);
    },
  );
});
