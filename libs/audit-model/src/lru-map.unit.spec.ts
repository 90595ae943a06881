import fc from 'fast-check';
import { LruMap } from './lru-map.ts';

test('what was used longest ago is forgotten, whether it was read or written', () => {
  const map = new LruMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.get('a')).toBe(1);
  map.set('c', 3);
  expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([1, undefined, 3, 2]);
  map.set('a', 4);
  map.set('d', 5);
  expect([map.get('a'), map.get('c'), map.get('d')]).toEqual([4, undefined, 5]);
});

test('it holds the latest keys, at most as many as it may', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 5 }), (keys, max) => {
      const map = new LruMap<number, number>(max);
      for (const key of keys) map.set(key, key);
      const latest = [...new Set([...keys].reverse())];
      for (const [age, key] of latest.entries()) expect(map.get(key)).toBe(age < max ? key : undefined);
    }),
  );
});
