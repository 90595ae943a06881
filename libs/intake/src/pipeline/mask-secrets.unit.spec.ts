import fc from 'fast-check';
import { type SecretFinding } from '../ports.ts';
import { event, IntakeKit } from '../testing/intake-kit.ts';
import { maskSecrets } from './mask-secrets.ts';
import { looksOf } from './secret-looks.ts';

const SECRET = 'SECRET-1234';
/**
 * As real rules are: the secret begins where a word begins, so an escape right before it hides it. One rule knows a
 * secret by its key.
 */
const RULE = /\bSECRET-\d{4}\b|\bpassword"?[:=]"?[a-z]{4,}/g;
const scan = (text: string): SecretFinding[] =>
  [...text.matchAll(RULE)].map((match) => ({ start: match.index, end: match.index + match[0].length, rule_id: 'toy' }));
const masked = (text: string): { readonly text: string; readonly rules: readonly string[] } =>
  maskSecrets(
    text,
    looksOf(text).map((look) => scan(look.text)),
  );

/** A JSON string literal, as often as asked for. */
const encoded = (value: unknown, times: number): string =>
  times === 0 ? (value as string) : encoded(JSON.stringify(value), times - 1);

describe('a secret right behind an escape', () => {
  test.each([
    [String.raw`{"note":"line\nSECRET-1234 end"}`, String.raw`{"note":"line\n[secret:toy] end"}`],
    [
      String.raw`{ "a" : [ 1.50, "\tSECRET-1234" ], "big": 12345678901234567890 }`,
      String.raw`{ "a" : [ 1.50, "\t[secret:toy]" ], "big": 12345678901234567890 }`,
    ],
    [String.raw`{"x\nSECRET-1234":{"n":1}}`, String.raw`{"x\n[secret:toy]":{"n":1}}`],
    [String.raw`"x\u0020\u0053ECRET-1234"`, String.raw`"x\u0020[secret:toy]"`],
    [
      String.raw`{"args":"{\"q\":\"a\\nSECRET-1234\",\"n\":1}"}`,
      String.raw`{"args":"{\"q\":\"a\\n[secret:toy]\",\"n\":1}"}`,
    ],
    [String.raw`["got {\"q\":\"a\\nSECRET-1234\"} from it"]`, String.raw`["got {\"q\":\"a\\n[secret:toy]\"} from it"]`],
    ['{"a":1}\n{"b":"x\\nSECRET-1234"}', '{"a":1}\n{"b":"x\\n[secret:toy]"}'],
    [String.raw`{"cut":"line\nSECRET-1234`, String.raw`{"cut":"line\n[secret:toy]`],
  ])('%s', (text, expected) => {
    expect(scan(text)).toEqual([]);
    expect(masked(text)).toEqual({ text: expected, rules: ['toy'] });
  });
  test.each([1, 2, 3, 4])(
    'is found under %i levels of strings in strings, and they can be undone as before',
    (levels) => {
      const { text } = masked(encoded({ a: `\n${SECRET}`, b: [1] }, levels));
      let value: unknown = text;
      for (let level = 0; level < levels; level += 1) value = JSON.parse(value as string);
      expect(value).toEqual({ a: '\n[secret:toy]', b: [1] });
    },
  );
});

describe('JSON stays JSON', () => {
  test.each([
    ['a secret known by its key', '{"password":"geheim","n":1}', '{"password":"[secret:toy]","n":1}'],
    [
      'the same in a string',
      String.raw`{"args":"{\"password\":\"geheim\"}"}`,
      String.raw`{"args":"{\"password\":\"[secret:toy]\"}"}`,
    ],
    ['two keys masked alike', `{"${SECRET}":1,"${SECRET}":2}`, '{"[secret:toy]":1,"[secret:toy]_2":2}'],
    [
      'a key like one that was masked before',
      `{"[secret:toy]":1,"[secret:toy]_2":2,"${SECRET}":3}`,
      '{"[secret:toy]":1,"[secret:toy]_2":2,"[secret:toy]_3":3}',
    ],
  ])('%s', (_name, text, expected) => expect(masked(text).text).toBe(expected));
  test('whatever the body, only what holds the secret changes', () => {
    const value = fc
      .jsonValue({ maxDepth: 4 })
      .chain((json) =>
        fc.constantFrom<unknown>(
          json,
          { json, [`k ${SECRET}`]: `\n${SECRET}` },
          [JSON.stringify([json, `\t${SECRET}`])],
          JSON.stringify({ json, s: `"${SECRET}"` }),
        ),
      );
    fc.assert(
      fc.property(value, fc.constantFrom(0, 1, 4), (json, indent) => {
        const text = JSON.stringify(json, null, indent);
        const result = masked(text);
        expect(JSON.parse(result.text)).toEqual(JSON.parse(text.replaceAll(SECRET, '[secret:toy]')));
        expect(result.text).toBe(text.replaceAll(SECRET, '[secret:toy]'));
      }),
    );
  });
});

test('work is bounded by the levels: escapes of escapes shrink', () => {
  const text = '\\'.repeat(100_000);
  expect(looksOf(text).reduce((units, look) => units + look.text.length, 0)).toBeLessThan(200_000);
  expect(looksOf(encoded('x'.repeat(1_000), 12)).length).toBeLessThan(8);
  const deep = `${'["a",'.repeat(50_000)}"${String.raw`\nSECRET-1234`}"${']'.repeat(50_000)}`;
  expect(masked(deep).rules).toEqual(['toy']);
});

test.each([
  ['text', { media_type: 'application/json', text: `{"note":"line\\n${SECRET} end"}` }],
  ['text that does not say that it is JSON', { text: `{"note":"line\\n${SECRET} end"}` }],
  [
    'bytes',
    { media_type: 'application/json', data_base64: Buffer.from(`{"note":"line\\n${SECRET} end"}`).toString('base64') },
  ],
  ['json with JSON in it', { json: { args: `{"note":"line\\n${SECRET} end"}` } }],
])('%s is masked inside', async (_name, body) => {
  const kit = new IntakeKit({ ports: { scanner: { scan: (texts) => Promise.resolve(texts.map(scan)) } } });
  const { event: planned } = await kit.accepts(event({ content: [{ role: 'tool_args', ...body }] }));
  expect(kit.sealed[0]?.text).toContain('[secret:toy] end');
  expect(planned.record.content[0]?.capture).toBe('masked');
});

test('an id with a secret behind an escape refuses the event', async () => {
  const kit = new IntakeKit({ ports: { scanner: { scan: (texts) => Promise.resolve(texts.map(scan)) } } });
  expect((await kit.rejects(event({ details: { x_note: `a\\n${SECRET}` } }))).refusal).toMatchObject({
    code: 'secret_in_identifier',
    path: '/details/x_note',
  });
});
