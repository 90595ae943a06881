import { compileMapping, mapRecord } from '@affidavit/mapping';
import { CollectorKit, event } from './testing/collector-kit.ts';

/** Of real shape, put together here so that no file of the repository holds what looks like a secret. */
const letters = (count: number): string =>
  'Ab3dE6gH9jKlMnOpQrStUvWxYz0123456789aBcDeFgHiJkLmNoPqRsTuVwXyZ'.repeat(10).slice(0, count);
const secrets: Readonly<Record<string, string>> = {
  github: `ghp_${letters(36)}`,
  slack: ['xoxb', '123456789012', '1234567890123', letters(24)].join('-'),
  anthropic: `sk-ant-api03-${letters(93)}AA`,
  aws: `AKIA${'Q7'.repeat(8)}`,
  npm: `npm_${letters(36)}`,
  sendgrid: `SG.${letters(22)}.${letters(43)}`,
  jwt: `eyJ${letters(20)}.eyJ${letters(40)}.${letters(43)}`,
  google: `AIza${letters(35)}`,
  stripe: `sk_live_${letters(24)}`,
};

const kit = new CollectorKit();
beforeAll(() => kit.start(), 60_000);
afterAll(() => kit.stop());

describe('a secret right behind an escape of JSON', () => {
  test.each(Object.entries(secrets))(
    '%s is masked in text, bytes and JSON in JSON, and the JSON around it stays',
    async (name, secret) => {
      const text = JSON.stringify({ note: `line\n${secret} end`, name });
      const content = [
        { text },
        { text, media_type: 'application/json' },
        { data_base64: Buffer.from(text).toString('base64') },
        { json: { arguments: text } },
        { text: JSON.stringify([{ arguments: text }]) },
        { text: `${text}\n${text}` },
      ];
      const { status } = await kit.post(
        event({ event_id: name, run_id: name, content: content.map((body) => ({ role: 'tool_args', ...body })) }),
      );
      expect(status).toBe(200);
      const bodies = (await kit.bodies()).filter((body) => body.includes(name));
      expect(bodies).toHaveLength(6);
      for (const body of bodies) {
        expect(body).not.toContain(secret.slice(-8));
        expect(body).toMatch(/\[secret:[a-z-]+\] end/);
      }
      expect(JSON.parse(bodies[0] ?? '')).toEqual({
        note: expect.stringMatching(/^line\n\[secret:[a-z-]+\] end$/),
        name,
      });
    },
  );
});

test('what the importer makes of a transcript holds no secret: prompts, arguments, results, originals', async () => {
  const mapping = compileMapping(
    'mapping: {id: m, version: 1, input: openai-messages}\nrecords: "$[*]"\nids: {run: "{set}/{$.id}"}\ntime: {basis: ' +
      'assigned, start: option, step_ms: 1000}\n',
    { lookupFiles: new Map() },
  );
  const hidden = (secret: string | undefined): string => `first\n${secret}\tthen`;
  const record = {
    id: 'r-1',
    messages: [
      { role: 'user', content: hidden(secrets['github']) },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'c',
            type: 'function',
            function: {
              name: 'post',
              arguments: JSON.stringify({
                header: hidden(secrets['slack']),
                body: JSON.stringify({ deep: hidden(secrets['aws']) }),
              }),
            },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'c', content: JSON.stringify([{ token: hidden(secrets['google']) }]) },
      { role: 'stranger', note: hidden(secrets['stripe']) },
    ],
  };
  const mapped = mapRecord(mapping, {
    record,
    recordIndex: 0,
    document: [record],
    set: 's',
    file: 'f.json',
    env: {},
    mappingHash: 'ab'.repeat(32),
    startMicros: Date.UTC(2026, 10, 22) * 1_000,
  });
  if (mapped.status !== 'mapped') throw new Error(mapped.message);
  const before = (await kit.bodies()).length;
  expect(await kit.post(mapped.events)).toMatchObject({ status: 200 });
  const bodies = (await kit.bodies()).join('\n');
  expect((await kit.bodies()).length).toBeGreaterThan(before + 3);
  for (const name of ['github', 'slack', 'aws', 'google', 'stripe'])
    expect([name, bodies.includes(secrets[name]?.slice(-8) ?? '')]).toEqual([name, false]);
  expect(JSON.stringify(mapped.events)).toContain(secrets['stripe']);
});
