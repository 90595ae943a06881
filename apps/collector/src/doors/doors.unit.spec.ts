import { gzipSync } from 'node:zlib';
import { CollectorKit, event, eventually } from '../testing/collector-kit.ts';
import { senderOf } from './sender-of.ts';

const kit = new CollectorKit();
beforeAll(() => kit.start(), 60_000);
afterAll(() => kit.stop());

const problem = (status: number, code: string): object => ({
  status,
  body: expect.objectContaining({ type: `urn:affidavit:problem:${code}`, status, code }),
});

describe('answers', () => {
  test('200 with a receipt for one event', async () => {
    const { status, body } = await kit.post(event());
    expect(status).toBe(200);
    expect(body).toEqual({
      accepted: 1,
      rejected: 0,
      errors: [],
      receipts: [
        {
          index: 0,
          event_id: 'e-1',
          topic: 'audit.activity.v1',
          partition: expect.any(Number),
          offset: expect.any(Number),
          record_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          duplicate: false,
        },
      ],
    });
  });
  test('200 for duplicates, and they are said to be', async () => {
    await kit.post(event({ event_id: 'twice' }));
    const { status, body } = await kit.post([
      event({ event_id: 'twice' }),
      event({ event_id: 'new' }),
      event({ event_id: 'new' }),
    ]);
    expect(status).toBe(200);
    expect(body.receipts.map(({ duplicate }: { duplicate: boolean }) => duplicate)).toEqual([true, false, true]);
    expect(kit.events().filter(({ event_id }) => event_id === 'twice')).toHaveLength(2);
  });
  test('207 when some are refused, in order, with codes and paths', async () => {
    const { status, body } = await kit.post([event({ colour: 'red' }), event({ event_id: 'good' }), 7]);
    expect(status).toBe(207);
    expect(body).toMatchObject({
      accepted: 1,
      rejected: 2,
      receipts: [{ index: 1, event_id: 'good' }],
      errors: [
        { index: 0, event_id: 'e-1', code: 'unknown_field', path: '/colour', retryable: false },
        { index: 2, event_id: null, code: 'not_an_object', path: '' },
      ],
    });
  });
  test('422 when none is valid', async () =>
    expect(await kit.post([event({ colour: 'red' })])).toMatchObject({
      status: 422,
      body: { accepted: 0, rejected: 1 },
    }));
  test('200 with nothing for nothing', async () =>
    expect(await kit.post([])).toMatchObject({ status: 200, body: { accepted: 0, rejected: 0 } }));
  test('400 for what is no JSON, no UTF-8, no NDJSON, no gzip', async () => {
    expect(await kit.post('{"event_type":')).toMatchObject(problem(400, 'unreadable'));
    expect(await kit.post('')).toMatchObject(problem(400, 'unreadable'));
    expect(await kit.post(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject(problem(400, 'unreadable'));
    expect(await kit.post('a\nb', { headers: { 'content-type': 'application/x-ndjson' } })).toMatchObject(
      problem(400, 'unreadable'),
    );
    expect(await kit.post('not gzip', { headers: { 'content-encoding': 'gzip' } })).toMatchObject(
      problem(400, 'unreadable'),
    );
    expect(await kit.post(event(), { query: '?validate_only=yes' })).toMatchObject(problem(400, 'invalid_parameter'));
  });
  test('413 for too many bytes or events, inflated ones too', async () => {
    expect(await kit.post('x'.repeat(4 * 1024 * 1024 + 1))).toMatchObject(problem(413, 'body_too_large'));
    expect(
      await kit.post(gzipSync('x'.repeat(5 * 1024 * 1024)), { headers: { 'content-encoding': 'gzip' } }),
    ).toMatchObject(problem(413, 'body_too_large'));
    expect(await kit.post(Array.from({ length: 1001 }, () => 1))).toMatchObject(problem(413, 'batch_too_large'));
  });
  test('415 for other types and encodings', async () => {
    expect(await kit.post('x', { headers: { 'content-type': 'text/plain' } })).toMatchObject(
      problem(415, 'unsupported_media_type'),
    );
    expect(await kit.post('x', { headers: { 'content-encoding': 'br' } })).toMatchObject(
      problem(415, 'unsupported_media_type'),
    );
  });
  test('401 without a credential, 403 with another role, 404 elsewhere', async () => {
    expect(await kit.post(event(), { token: 'aff_nobody' })).toMatchObject(problem(401, 'unauthenticated'));
    expect(await kit.send('/v1/types', { token: 'x' })).toMatchObject(problem(401, 'unauthenticated'));
    expect(await kit.send('/nowhere', { token: 'x' })).toMatchObject(problem(401, 'unauthenticated'));
    for (const role of ['investigator', 'reviewer', 'data_team', 'administrator', 'auditor'] as const) {
      expect(
        await kit.post(event(), { token: await kit.token({ name: role, role, tenant_id: 'acme' }) }),
      ).toMatchObject(problem(403, 'forbidden'));
    }
    expect(await kit.send('/nowhere')).toMatchObject(problem(404, 'not_found'));
  });
  test('ndjson, gzip and a charset are fine', async () => {
    const lines = `${JSON.stringify(event({ event_id: 'n1' }))}\nbroken\n\n${JSON.stringify(event({ event_id: 'n2' }))}\n`;
    const { status, body } = await kit.post(gzipSync(lines), {
      headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'content-encoding': 'gzip' },
    });
    expect(status).toBe(207);
    expect(body.receipts.map(({ index, event_id }: { index: number; event_id: string }) => [index, event_id])).toEqual([
      [0, 'n1'],
      [2, 'n2'],
    ]);
    expect(body.errors).toMatchObject([{ index: 1, code: 'not_an_object', message: 'Line 2 is not JSON.' }]);
  });
});

describe('validate_only', () => {
  test('says what would happen and writes nothing', async () => {
    const before = kit.transport.allStored().length;
    const { status, body } = await kit.post(
      [event({ event_id: 'dry', content: [{ role: 'input', text: 'x' }] }), event({ colour: 1 })],
      { query: '?validate_only=true' },
    );
    expect(status).toBe(207);
    expect(body).toMatchObject({
      validate_only: true,
      accepted: 1,
      rejected: 1,
      receipts: [],
      errors: [{ index: 1, code: 'unknown_field' }],
    });
    expect((await kit.send('/v1/receipts/dry')).status).toBe(404);
    expect(kit.transport.allStored().length).toBe(before);
  });
});

describe('receipts', () => {
  test('are found by the tenant that sent them, and by nobody else', async () => {
    const { body } = await kit.post(event({ event_id: 'mine/with space' }));
    const path = `/v1/receipts/${encodeURIComponent('mine/with space')}`;
    const { index: _index, duplicate: _duplicate, ...receipt } = body.receipts[0];
    expect(await kit.send(path)).toMatchObject({ status: 200, body: receipt });
    expect(
      await kit.send(path, {
        token: await kit.token({ name: 'other', role: 'connector', connector_id: 'other', tenant_id: 'other' }),
      }),
    ).toMatchObject(problem(404, 'not_found'));
    expect(await kit.send('/v1/receipts/never')).toMatchObject(problem(404, 'not_found'));
  });
});

describe('a connector', () => {
  test('of before whose id is the collector’s, or a path into another’s streams, sends nothing', () => {
    for (const connector_id of ['collector', 'retail/test']) {
      expect(() =>
        senderOf({
          id: 'x',
          name: 'old',
          role: 'connector',
          tenant_id: 'acme',
          connector_id,
          sources: ['*'],
          event_types: ['*'],
          max_evidence_grade: 'self_reported',
          created_at: '',
          revoked_at: null,
        }),
      ).toThrow(expect.objectContaining({ code: 'forbidden' }));
    }
  });
});

describe('a service for all tenants', () => {
  test('names the tenant on each event, and only a service does', async () => {
    const token = await kit.token({ name: 'query-api', role: 'service', tenant_id: '*' });
    const query = {
      event_type: 'audit.query.executed',
      occurred_at: '2026-11-22T06:00:00Z',
      source: { system: 'affidavit' },
      actor: { type: 'human', id: 'ada' },
      query: { kind: 'search' },
      tenant_id: 'acme',
    };
    expect(await kit.post(query, { token })).toMatchObject({
      status: 200,
      body: { receipts: [{ topic: 'audit.access.v1' }] },
    });
    expect(kit.events('audit.access.v1')).toMatchObject([
      { tenant_id: 'acme', source: { connector_id: 'query-api' }, actor: { id: expect.stringMatching(/^p_/) } },
    ]);
    expect(await kit.post(query)).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'event_type_not_allowed' }] },
    });
    expect(await kit.post(event({ tenant_id: 'other' }))).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'tenant_mismatch' }] },
    });
  });
});

describe('refusals', () => {
  /** Posted by the test of 413 above: one over the limit of Fastify, one inflated. */
  const sizesBefore = 2;
  test('are events too: folded, without anything of what was refused', async () => {
    const flood = Array.from({ length: 500 }, (_, index) =>
      event({ event_id: `anna.schmidt-${index}`, [`anna.schmidt.${index}`]: 'geheim' }),
    );
    await kit.post(flood);
    await kit.post('{');
    const folded = await eventually(() =>
      kit.own('event.rejected').find(({ details }) => Number(details['count']) >= 500),
    );
    expect(folded).toMatchObject({
      tenant_id: 'acme',
      actor: { type: 'service', id: 'retail' },
      details: { code: 'unknown_field', claimed_type: 'tool.call.completed' },
    });
    await eventually(() => kit.own('event.rejected').some(({ details }) => details['code'] === 'unreadable'));
    for (let times = 0; times < 3; times += 1)
      expect((await kit.post('x'.repeat(4 * 1024 * 1024 + 1))).status).toBe(413);
    expect(
      (
        await kit.post('x'.repeat(4 * 1024 * 1024 + 1), {
          token: await kit.token({ name: 'reader', role: 'auditor', tenant_id: 'acme' }),
        })
      ).status,
    ).toBe(413);
    const tooLarge = await eventually(() => {
      const noted = kit
        .own('event.rejected')
        .filter(({ details, actor }) => details['code'] === 'body_too_large' && actor.id === 'retail');
      return noted.reduce((sum, { details }) => sum + Number(details['count']), 0) >= 3 + sizesBefore && noted;
    });
    // Read off once each, and by senders only: folded, and none twice for the one that was inflated.
    expect(tooLarge.reduce((sum, { details }) => sum + Number(details['count']), 0)).toBe(3 + sizesBefore);
    expect(JSON.stringify(kit.own('event.rejected'))).not.toMatch(/anna|geheim/);
    expect(kit.own('event.rejected').length).toBeLessThan(40);
  });
});
