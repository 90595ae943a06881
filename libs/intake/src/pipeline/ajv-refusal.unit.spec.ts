import { definitionsSchema, eventTypeSchemas } from '@affidavit/contracts';
import { event, IntakeKit } from '../testing/intake-kit.ts';
import { refusalOf } from './ajv-refusal.ts';

describe('a refusal says what is expected', () => {
  test.each<[string, object, string, RegExp]>([
    [
      'a currency',
      { usage: { currency: 'eur', cost: '1' } },
      '/usage/currency',
      /three capital letters of ISO 4217, such as EUR/,
    ],
    ['a MAC', { tool: { name: 't', args_mac: 'abc' } }, '/tool/args_mac', /64 lower-case hexadecimal digits/],
    ['an amount', { usage: { cost: '1,50' } }, '/usage/cost', /decimal number such as -12\.50/],
    ['an enum', { tool: { name: 't', tier: 'risky' } }, '/tool/tier', /One of .*read/],
    [
      'too many details',
      { details: Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`x_${index}`, 'v'])) },
      '/details',
      /At most 64 members/,
    ],
  ])('%s', async (_name, given, path, message) => {
    const type = 'usage' in given ? { event_type: 'model.call.completed', tool: undefined } : {};
    const { refusal } = await new IntakeKit().rejects(event({ ...type, ...given }));
    expect(refusal).toMatchObject({ path, message: expect.stringMatching(message) as string });
  });

  /** Every schema keyword that can refuse has words of its own: none says no more than that the value is wrong. */
  test('whatever rule of the schemas is broken', () => {
    const keywords = new Map<string, unknown>();
    const patterns = new Set<string>();
    const walk = (schema: unknown, isMap: boolean): void => {
      if (Array.isArray(schema)) return schema.forEach((item) => walk(item, false));
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (!isMap) keywords.set(key, value);
        if (!isMap && key === 'pattern') patterns.add(value as string);
        walk(value, !isMap && ['properties', 'patternProperties', 'definitions'].includes(key));
      }
    };
    walk([definitionsSchema, ...Object.values(eventTypeSchemas)], false);
    const says = (keyword: string, params: object): string =>
      refusalOf([{ keyword, params, instancePath: '/x', schemaPath: '' }]).message;
    for (const keyword of keywords.keys()) {
      if (
        [
          '$schema',
          '$id',
          '$ref',
          'title',
          'description',
          'definitions',
          'properties',
          'patternProperties',
          'allOf',
          'items',
          'anyOf',
        ].includes(keyword)
      )
        continue;
      expect([
        keyword,
        says(keyword, {
          limit: 1,
          missingProperty: 'a',
          additionalProperty: 'a',
          allowedValues: ['a'],
          allowedValue: 'a',
          type: 'a',
          pattern: 'p',
        }),
      ]).toEqual([keyword, expect.not.stringMatching(/It breaks the rule|outside what/)]);
    }
    expect(patterns.size).toBeGreaterThan(2);
    for (const pattern of patterns)
      expect([pattern, says('pattern', { pattern })]).toEqual([pattern, expect.not.stringContaining(pattern)]);
  });
});
