import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import fc from 'fast-check';
import { extraSecrets } from './extra-secrets.ts';
import { mayHoldSecret } from './secret-signs.ts';
import { runRules } from './secretlint-rules.ts';
import { furtherSecrets, letters, secrets } from './testdata/secrets.ts';

const all = { ...secrets, ...furtherSecrets };
const places: Readonly<Record<string, (secret: string) => string>> = {
  alone: (secret) => secret,
  'in prose': (secret) => `The key ${secret} was sent.`,
  'in JSON': (secret) => JSON.stringify({ note: `x ${secret}`, n: 1 }),
  'as a value': (secret) => `api_key=${secret}`,
  'between lines': (secret) => `a\n${secret}\nb`,
};

/** With the library's own engine, as somebody who takes it off the shelf does it. */
async function withEngine(content: string): Promise<unknown[]> {
  const id = '@secretlint/secretlint-rule-';
  const aws = { id: `${id}aws`, options: { enableIDScanRule: true }, allowMessageIds: ['AWSAccountID'] };
  const { messages } = await lintSource({
    source: { filePath: '', content, contentType: 'text', ext: '.txt' },
    options: {
      config: { rules: [{ id: `${id}preset-recommend`, rule: creator, rules: [aws] }] },
      noPhysicFilePath: true,
    },
  });
  return messages.map(({ ruleId, range }) => [ruleId.replace(id, ''), range[0]]);
}
const withoutEngine = (content: string): unknown[] => runRules(content).map(({ rule_id, start }) => [rule_id, start]);
const sorted = (found: unknown[]): string[] => found.map((one) => JSON.stringify(one)).sort();

describe.each(Object.entries(places))('%s', (_place, put) => {
  test.each(Object.entries(all))('%s: the rules find what they find with their engine', async (_kind, secret) => {
    expect(sorted(withoutEngine(put(secret)))).toEqual(sorted(await withEngine(put(secret))));
  });
  test.each(Object.entries(all))('%s bears a sign', (_kind, secret) => {
    expect(mayHoldSecret(put(secret))).toBe(true);
  });
});

test('whatever is put together: where a rule finds something there is a sign', () => {
  const pieces = Object.values(all).flatMap((secret) => [secret, secret.slice(0, secret.length >> 1)]);
  const heads = ['://', '@', ':', 'a', ' ', '\n', '=', '"', '_', 'SECRET', 'access', 'key', letters(40), 'https', 'é'];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...pieces, ...heads), fc.string({ maxLength: 8 })), { maxLength: 6 }),
      (parts) => {
        const text = parts.join('');
        const found = runRules(text).length + extraSecrets.filter(({ pattern }) => text.match(pattern)).length;
        if (found > 0) expect([text, mayHoldSecret(text)]).toEqual([text, true]);
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each([
  'The customer asked for a refund of order #W2378156 and was told that it takes three days.',
  '{"order_id":"W2378156","items":[{"id":"8591113813","price":135.24}],"address":"https://example.org/a/b?c=d@e"}',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
])('%s bears none, and so costs no scan', (text) => {
  expect(mayHoldSecret(text)).toBe(false);
});

test('a scan leaves nothing behind in the process', () => {
  const marks = performance.getEntries().length;
  for (let scan = 0; scan < 200; scan += 1) runRules(`scan ${scan} ${all['github']}`);
  expect(performance.getEntries().length).toBe(marks);
});
