import { checkPosition } from './log-bounds.ts';

test.each([
  [0n, 0n, 0n, 'ok'],
  [5n, 0n, 9n, 'ok'],
  [9n, 0n, 9n, 'ok'],
  [4n, 5n, 9n, 'log_start_beyond'],
  [10n, 0n, 9n, 'log_shorter'],
] as const)('expected %s in a log from %s to %s: %s', (expected, low, high, status) => {
  expect(checkPosition(expected, { low, high }).status).toBe(status);
});
