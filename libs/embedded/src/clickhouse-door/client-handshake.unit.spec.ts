import { clientHandshake } from './client-handshake.ts';

const query = 'SELECT displayName(), version(), revision(), timezone()';

describe('the handshake of clickhouse-go', () => {
  test('plain: columns, rows, and each column with name, type and value', () => {
    const plain = Buffer.from(
      '\x04\x01\x0ddisplayName()\x06String\x09affidavit\x09version()\x06String\x046.78\x0arevision()\x06UInt32\0\0\0\0\x0atimezone()\x06String\x03UTC',
      'latin1',
    );
    expect(clientHandshake(query, 0, '6.78')).toEqual(plain);
  });

  test('in the revision that it is asked in: block info in front, a byte behind each type', () => {
    const answer = clientHandshake(query, 54_460, '6.78');
    expect(answer?.subarray(0, 10)).toEqual(Buffer.from([1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 4, 1]));
    expect(answer?.toString('latin1')).toContain('\x06String\0\x09affidavit');
    expect(clientHandshake(query, 54_405, '6.78')?.toString('latin1')).toContain('\x06String\x09affidavit');
  });

  test.each(['SELECT displayName()', `${query}, 1`, `SELECT 1; ${query}`, ''])('%j is no handshake', (other) => {
    expect(clientHandshake(other, 0, '')).toBeUndefined();
  });
});
