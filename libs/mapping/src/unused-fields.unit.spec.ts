import { assistant, call, map, record, result, retail, user } from '../test/chat.ts';
import { unusedFields } from './unused-fields.ts';

test('names what no expression read: of the record, of its messages, and of the arguments by tool', () => {
  const value = record(
    [
      { ...user('hi'), mood: 'bad' },
      assistant(null, call('c', 'cancel_pending_order', { order_id: 'W1', why: { code: 3 } })),
      result('c', '{}'),
    ],
    { reward: 1, 'odd key': [{ a: 1 }, { a: 2 }], empty: null },
  );
  const reads: (readonly (string | number)[])[] = [];
  const mapping = retail();
  map(mapping, value, { onRead: (location) => reads.push(location) });
  expect(unusedFields(mapping, value, reads)).toEqual(
    [
      { path: "$['odd key'][*].a", count: 2 },
      { path: '$.reward', count: 1 },
      { path: '$args.why.code (cancel_pending_order)', count: 1 },
      { path: '$message.mood', count: 1 },
    ].sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
});
