import * as fc from 'fast-check';
import { causeKeys, eventKey, readEventKey } from './event-key.ts';

const connector = fc.stringMatching(/^[a-z0-9._-]{1,64}$/);
const id = fc.string({ minLength: 1, maxLength: 512, unit: 'binary' });

test('no two events share a key, whatever their ids hold', () => {
  fc.assert(
    fc.property(connector, id, (connector_id, event_id) => {
      expect(readEventKey(eventKey(connector_id, event_id))).toEqual({ connector_id, event_id });
    }),
  );
});

test.each([
  ['e-1', null],
  ['', null],
  [':e-1', null],
  ['sap:', null],
  ['SAP:1', null],
  ['a b:1', null],
  ['a/b:1', null],
  ['x'.repeat(65) + ':1', null],
  ['sap:doc:7', { connector_id: 'sap', event_id: 'doc:7' }],
])('%j is read as %j', (text, name) => {
  expect(readEventKey(text)).toEqual(name);
});

test('a cause is looked for with the same connector first, then with the one that it names', () => {
  expect(causeKeys('agent', 'e-1')).toEqual(['agent:e-1', 'e-1']);
  expect(causeKeys('agent', 'sap:doc:7')).toEqual(['agent:sap:doc:7', 'sap:doc:7']);
});
