import { newClusterId } from './cluster-id.ts';

test('an id that begins with a dash is drawn again', () => {
  const drawn = [Buffer.alloc(16, 0xfb), Buffer.alloc(16, 0x01)];
  expect(Buffer.alloc(16, 0xfb).toString('base64url')).toMatch(/^-/);
  expect(newClusterId(() => drawn.shift() as Buffer)).toBe('AQEBAQEBAQEBAQEBAQEBAQ');
});
