import { maskMember, maskText } from './mask-json.ts';

const found = (start: number, end: number): { start: number; end: number; rule_id: string } => ({ start, end, rule_id: 'r' });

test('text between findings stays', () => expect(maskText('abcdef', [found(1, 2), found(4, 6)])).toBe('a[secret:r]cd[secret:r]'));
test.each<[string, ReturnType<typeof found>[], string, string]>([
  ['in the value', [found(5, 8)], 'key', 'v[secret:r]e'],
  ['over key and value: the value is the secret', [found(0, 8)], 'key', '[secret:r]e'],
  ['in the key alone', [found(0, 2)], '[secret:r]y', 'value'],
  ['one in each', [found(0, 3), found(4, 9)], '[secret:r]', '[secret:r]'],
])('%s', (_name, findings, key, value) => expect(maskMember({ key: 'key', value: 'value' }, findings)).toEqual({ key, value }));
