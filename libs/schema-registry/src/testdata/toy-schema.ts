/** One field of each shape that the contracts use. */
export const toySchema = {
  type: 'record',
  name: 'Toy',
  namespace: 'affidavit.test',
  fields: [
    { name: 'id', type: 'string', default: '' },
    {
      name: 'kind',
      type: { type: 'enum', name: 'Kind', symbols: ['unknown', 'read', 'write'], default: 'unknown' },
      default: 'unknown',
    },
    { name: 'at', type: { type: 'long', logicalType: 'timestamp-micros' } },
    { name: 'count', type: ['null', 'long'], default: null },
    { name: 'share', type: ['null', 'double'], default: null },
    { name: 'ok', type: ['null', 'boolean'], default: null },
    { name: 'cost', type: ['null', { type: 'bytes', logicalType: 'decimal', precision: 18, scale: 6 }], default: null },
    { name: 'fact_hash', type: { type: 'fixed', name: 'Sha256', size: 32 } },
    { name: 'nonce', type: 'bytes', default: '' },
    {
      name: 'parts',
      type: {
        type: 'array',
        items: {
          type: 'record',
          name: 'Part',
          fields: [
            { name: 'name', type: 'string', default: '' },
            { name: 'kind', type: 'Kind', default: 'unknown' },
            { name: 'hash', type: 'Sha256' },
          ],
        },
      },
      default: [],
    },
    { name: 'part', type: 'Part', default: { name: '', kind: 'unknown', hash: '\u0000'.repeat(32) } },
    { name: 'details', type: { type: 'map', values: 'string' }, default: {} },
  ],
} as const;

export interface Toy {
  id: string;
  kind: 'unknown' | 'read' | 'write';
  at: number;
  count: number | null;
  share: number | null;
  ok: boolean | null;
  cost: string | null;
  fact_hash: string;
  nonce: Uint8Array;
  parts: { name: string; kind: string; hash: string }[];
  part: { name: string; kind: string; hash: string };
  details: Record<string, string>;
}

export const zeroHash = '00'.repeat(32);

export function toy(over: Partial<Toy> = {}): Toy {
  return {
    id: 'a',
    kind: 'read',
    at: 1_763_790_000_000_123,
    count: null,
    share: null,
    ok: null,
    cost: null,
    fact_hash: zeroHash,
    nonce: new Uint8Array(0),
    parts: [],
    part: { name: '', kind: 'unknown', hash: zeroHash },
    details: {},
    ...over,
  };
}
