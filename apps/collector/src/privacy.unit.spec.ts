import { CollectorKit, event, eventually } from './testing/collector-kit.ts';

/** Names, content and a secret that must be nowhere but encrypted, wherever they are put in. */
const NAME = 'Zacharias.Unmistakable';
const DISPLAY = 'Zacharias U. Nmistakable';
const PROSE = 'the patient was told about it';
const GITHUB = `ghp_${'Ab3dE6gH9j'.repeat(4).slice(0, 36)}`;
const FORBIDDEN = [NAME, NAME.toLowerCase(), DISPLAY, PROSE, GITHUB];

const kit = new CollectorKit();
const answers: string[] = [];
let token = '';
beforeAll(async () => {
  await kit.start();
  token = await kit.token({
    name: `feed of ${DISPLAY}`,
    role: 'connector',
    connector_id: 'retail-2',
    tenant_id: 'acme',
  });
  const person = { type: 'human', id: NAME, display_name: DISPLAY };
  const good = event({
    actor: person,
    on_behalf_of: [person],
    subject_refs: [{ id: NAME }],
    object_refs: [{ system: 'crm', type: 'contact', id: NAME, person: true }],
    content: [
      { role: 'input', text: `${PROSE} ${GITHUB}` },
      { role: 'reason', json: { [NAME]: PROSE } },
    ],
  });
  const bad = [
    { [NAME]: 1 },
    { details: { [NAME]: PROSE } },
    { run_id: GITHUB },
    { actor: { type: 'human', id: GITHUB } },
    { occurred_at: PROSE },
    { event_type: NAME },
    { content: [{ role: PROSE, text: PROSE }] },
    { labels: [GITHUB] },
    { tool: { name: 'x'.repeat(300) + NAME } },
  ];
  for (const items of [[good], bad.map((more) => event(more)), [NAME, PROSE]])
    answers.push(
      JSON.stringify((await kit.post(items, { token })).body.errors.map(({ message }: { message: string }) => message)),
    );
  for (const body of [`{"${NAME}": `, `"${PROSE}`])
    answers.push(JSON.stringify((await kit.post(body, { token })).body));
  await kit.send(`/v1/receipts/${NAME}`, { token });
  await kit.send(`/v1/types/${NAME}`, { token });
  await kit.send(`/v1/${NAME}?q=${NAME}`, { token });
  await kit.post(event(), { query: `?validate_only=${NAME}`, token });
  kit.transport.failNext('lost');
  await kit.post(good, { token });
  await eventually(() => kit.own('event.rejected').length > 3 && kit.own('collector.gap.detected').length > 0);
});
afterAll(() => kit.stop());

const expectClean = (text: string): void => {
  for (const forbidden of FORBIDDEN) expect(text).not.toContain(forbidden);
};

test('the event itself was taken, masked and said so', () => {
  const [stored] = kit.events();
  expect(stored).toMatchObject({
    actor: { id: expect.stringMatching(/^p_[a-z2-7]{52}$/), issuer: 'shop' },
    content: [{ capture: 'masked', transform: 'mask' }, { capture: 'full' }],
  });
  expect(kit.own('content.transformed')).toMatchObject([
    {
      causation_id: 'retail-2:e-1',
      transformation: { method: 'mask', spans: [{ path: '/content/0', category: 'github' }] },
      inspection: { detector_id: 'secretlint' },
    },
  ]);
});
test('no key and no value in Kafka holds any of it', () => {
  const stored = kit.transport.allStored();
  expect(stored.length).toBeGreaterThan(5);
  for (const { key, value } of stored)
    expectClean(Buffer.from(key).toString('latin1') + Buffer.from(value).toString('latin1'));
});
test('nor does any message of an error', () => answers.forEach(expectClean));
test('nor does the log of the process, which has no token either', () => {
  expectClean(kit.logLines.join(''));
  expect(kit.logLines.join('')).not.toContain(token.slice(-43));
});
test('nor do the metrics', async () => {
  const { body } = await kit.send('/metrics');
  expect(body).toContain('affidavit_collector_refused_total');
  expectClean(body as string);
});
