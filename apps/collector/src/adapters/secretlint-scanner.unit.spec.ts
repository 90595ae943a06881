import fc from 'fast-check';
import { secretlintScanner } from './secretlint-scanner.ts';
import { letters, secrets } from './testdata/secrets.ts';

const masked = async (text: string): Promise<string> => {
  const [findings = []] = await secretlintScanner.scan([text]);
  let result = '';
  let from = 0;
  for (const { start, end, rule_id } of findings) {
    result += `${text.slice(from, start)}<${rule_id}>`;
    from = end;
  }
  return result + text.slice(from);
};

describe('real shapes', () => {
  test.each(Object.entries(secrets))('%s is found, whole, in the middle of prose', async (rule, secret) => {
    const [findings = []] = await secretlintScanner.scan([`The key ${secret} was sent.`]);
    expect(findings.map(({ rule_id }) => rule_id)).toContain(rule);
    expect(await masked(`The key ${secret} was sent.`)).not.toContain(secret.slice(-8));
    expect(await masked(`The key ${secret} was sent.`)).toMatch(/^The key .* was sent\.$/s);
  });

  test.each([
    ['an AWS secret key', `AWS_SECRET_ACCESS_KEY = "`, letters(40)],
    ['as a member of JSON, as the intake writes it', 'aws_secret_access_key=', letters(40)],
    ['an npm registry token', '//registry.example.org/:_authToken=', letters(36)],
  ])('%s is masked to its end, which the library’s own range misses', async (_name, before, secret) => {
    const text = await masked(`${before}${secret}`);
    for (let at = 0; at + 6 <= secret.length; at += 1) expect(text).not.toContain(secret.slice(at, at + 6));
  });

  test('a private key that is cut off is masked as far as it goes', async () => {
    expect(await masked(`a -----BEGIN ${'PRIVATE'} KEY-----\nMII${letters(300)}`)).toBe('a <privatekey>');
    expect(
      await masked(
        `-----BEGIN ${'PRIVATE'} KEY-----\nProc-Type: 4,ENCRYPTED\n${letters(64)}\n-----END ${'PRIVATE'} KEY-----\nplease rotate`,
      ),
    ).toBe('<privatekey>\nplease rotate');
  });

  test.each([
    '#W2378156',
    'retail-l0-4o/1/0/7/0',
    '01a206b8-68cb-718a-853b-2d98fd9b91ad',
    'yusuf_rossi_9620',
    'chatcmpl-9xQvB8jW2kD4',
    'https://example.org/orders?id=4711',
    'a'.repeat(500),
    'The password is on the note.',
    'call_AbCdEfGhIjKlMnOpQrStUvWx',
    'AKIA',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('%s is none', async (text) => {
    expect(await secretlintScanner.scan([text])).toEqual([[]]);
  });
});

describe('what a sender could try', () => {
  const secret = secrets['github'] as string;
  test.each([
    'secretlint-disable',
    '<!-- secretlint-disable -->',
    '// secretlint-disable-next-line',
    '/* secretlint-disable @secretlint/secretlint-rule-github */',
  ])('%s switches nothing off', async (comment) => {
    const found = await secretlintScanner.scan([comment, `${comment}\n${secret}`, secret]);
    expect(found.map((findings) => findings.map(({ rule_id }) => rule_id))).toEqual([[], ['github'], ['github']]);
  });
  test('text with the separator in it moves no finding to a neighbour', async () => {
    const texts = ['\n\u0000\n', `\n\u0000\n${secret}`, 'clean', `x${'\n\u0000\n'.repeat(3)}`, `a ${secret}`];
    expect((await secretlintScanner.scan(texts)).map((findings) => findings.map(({ start }) => start))).toEqual([
      [],
      [3],
      [],
      [],
      [2],
    ]);
  });
  test('two halves in two texts are no secret', async () => {
    expect(await secretlintScanner.scan([secret.slice(0, 20), secret.slice(20)])).toEqual([[], []]);
  });
  test.each([
    ['many openings of keys', `-----BEGIN ${'PRIVATE'} KEY-----`.repeat(30_000)],
    ['many schemes', 'a://b:c'.repeat(140_000)],
    ['one long word', 'a'.repeat(1_000_000)],
    ['many words', 'Bearer '.repeat(140_000)],
    ['many database URLs', 'mongodb://a:'.repeat(80_000)],
    ['dots', 'eyJ.'.repeat(250_000)],
    ['dashes', '-'.repeat(1_000_000)],
    ['base64', 'QWxhZGRpbjpv'.repeat(80_000)],
    ['slack', 'xoxb-1-'.repeat(140_000)],
    ['equals', 'SECRET_ACCESS_KEY= '.repeat(50_000)],
  ])(
    'a megabyte of %s is read in linear time (quadratic would take minutes)',
    async (_name, text) => {
      const started = performance.now();
      await secretlintScanner.scan([text]);
      expect(performance.now() - started).toBeLessThan(8_000);
    },
    60_000,
  );
});

test('findings are sorted, apart from each other, and inside their text', async () => {
  const part = fc.oneof(
    fc.constantFrom(...Object.values(secrets)),
    fc.string({ maxLength: 20 }),
    fc.constantFrom('\n', '"', ' ', '='),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
        { maxLength: 8 },
      ),
      async (texts) => {
        const found = await secretlintScanner.scan(texts);
        expect(found).toHaveLength(texts.length);
        for (const [index, findings] of found.entries()) {
          let last = 0;
          for (const { start, end } of findings) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(last).toBeLessThanOrEqual((texts[index] as string).length);
        }
      },
    ),
    { numRuns: 100 },
  );
});
