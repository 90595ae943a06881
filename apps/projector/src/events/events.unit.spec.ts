import { AffidavitError } from '@affidavit/audit-model';
import { auditEventSchema, contentRecordSchema } from '@affidavit/contracts';
import { type UnprojectableRecord } from '../lane/ports.ts';
import { logRecord } from '../testing/log-records.ts';
import { EventSink } from './event-sink.ts';
import { insertHalving, maxRefused } from './insert-halving.ts';
import { classify, describe as describeError } from './refusal.ts';
import { SchemaPlans } from './schema-plans.ts';

const avroError = {
  code: '1001',
  type: 'STD_EXCEPTION',
  message: 'std::exception. Code: 1001, type: avro::Exception, e.what() = EOF reached',
};

describe('what an answer of the server means', () => {
  test.each([
    [avroError, 'data'],
    [{ code: '1001', message: 'std::exception. type: std::bad_alloc' }, 'unknown'],
    [{ code: '190', message: '' }, 'data'],
    [{ code: '241', message: 'memory' }, 'passing'],
    [{ code: '60', message: 'no such table' }, 'unknown'],
    [{ code: 'ECONNREFUSED', message: '' }, 'passing'],
    [new Error('Timeout error.'), 'passing'],
  ] as const)('%j is %s', (error, failure) => expect(classify(error)).toBe(failure));

  test('its text may quote values and is not repeated', () => {
    expect(describeError({ code: '27', type: 'CANNOT_PARSE', message: "cannot parse 'sara@example.com'" })).toBe(
      'code 27 CANNOT_PARSE',
    );
  });
});

describe('halving', () => {
  const inserter = (bad: ReadonlySet<number>, error: object = avroError) => {
    const inserted: number[] = [];
    const calls: number[] = [];
    const insert = (part: readonly number[]): Promise<void> => {
      calls.push(part.length);
      if (part.some((n) => bad.has(n))) return Promise.reject(Object.assign(new Error('refused'), error));
      inserted.push(...part);
      return Promise.resolve();
    };
    return { insert, inserted, calls };
  };
  const numbers = Array.from({ length: 64 }, (_, i) => i);

  test('finds the bad ones and inserts all others', async () => {
    const { insert, inserted, calls } = inserter(new Set([7, 40]));
    const refused = await insertHalving(numbers, insert);
    expect(refused.map(({ record }) => record)).toEqual([7, 40]);
    expect([...inserted].sort((a, b) => a - b)).toEqual(numbers.filter((n) => n !== 7 && n !== 40));
    expect(calls.length).toBeLessThan(30);
  });

  test('only for data: anything else is not halved', async () => {
    for (const [error, code, retryable] of [
      [{ code: '241' }, 'store_unavailable', true],
      [{ code: '60' }, 'store_refused', false],
    ] as const) {
      const { insert, calls } = inserter(new Set([7]), error);
      await expect(insertHalving(numbers, insert)).rejects.toMatchObject({ code, retryable });
      expect(calls).toEqual([64]);
    }
  });

  test('more than ten in one batch is not a bad record', async () => {
    const { insert } = inserter(new Set(numbers));
    await expect(insertHalving(numbers, insert)).rejects.toMatchObject({ code: 'too_many_refused', retryable: false });
    const some = inserter(new Set(numbers.slice(0, maxRefused)));
    await expect(insertHalving(numbers, some.insert)).resolves.toHaveLength(maxRefused);
  });
});

describe('event sink', () => {
  const frame = (schemaId: number, body: Buffer): Buffer => {
    const header = Buffer.alloc(5);
    header.writeInt32BE(schemaId, 1);
    return Buffer.concat([header, body]);
  };
  const small = {
    type: 'record',
    name: 'AuditEvent',
    namespace: 'affidavit.v1',
    fields: [{ name: 'event_id', type: 'string' }],
  };
  const body = (text: string): Buffer => Buffer.concat([Buffer.of(text.length * 2), Buffer.from(text)]);

  const rig = (schemas: Record<number, unknown>, missing: string[] = []) => {
    const inserts: Buffer[] = [];
    const letters: UnprojectableRecord[] = [];
    const order: string[] = [];
    const sink = new EventSink({
      plans: new SchemaPlans({
        schemaById: (id) =>
          schemas[id] instanceof AffidavitError
            ? Promise.reject(schemas[id])
            : id in schemas
              ? Promise.resolve(schemas[id])
              : Promise.reject(new AffidavitError('schema_unknown', 'unknown')),
        missingColumns: () => Promise.resolve(missing),
      }),
      insert: (container) => Promise.resolve(void (inserts.push(Buffer.from(container)), order.push('insert'))),
      deadLetters: { write: (some) => Promise.resolve(void (letters.push(...some), order.push('letters'))) },
      onInsert: () => undefined,
    });
    return { sink, inserts, letters, order };
  };
  const at = (offset: number, value: Buffer | null) => logRecord({ offset: BigInt(offset), value });

  test('forwards bodies untouched, and everything unreadable becomes a dead letter with its code', async () => {
    const { sink, inserts, letters } = rig({ 1: small, 2: contentRecordSchema });
    await sink.project([
      at(0, frame(1, body('first'))),
      at(1, Buffer.from('no frame at all')),
      at(2, null),
      at(3, frame(9, body('x'))),
      at(4, frame(2, body('x'))),
      at(5, frame(1, Buffer.concat([body('smuggler'), body('forged')]))),
      at(6, frame(1, body('cut').subarray(0, 2))),
      at(7, frame(1, body('last'))),
    ]);
    expect(letters.map(({ record, code }) => [Number(record.offset), code])).toEqual([
      [1, 'frame_invalid'],
      [2, 'frame_invalid'],
      [3, 'schema_unknown'],
      [4, 'record_undecodable'],
      [5, 'record_undecodable'],
      [6, 'record_undecodable'],
    ]);
    expect(inserts).toHaveLength(1);
    const text = inserts[0]!.toString('latin1');
    expect([text.includes('first'), text.includes('last'), text.includes('forged')]).toEqual([true, true, false]);
  });

  test('one insert per schema id', async () => {
    const { sink, inserts } = rig({
      1: small,
      3: { ...small, fields: [...small.fields, { name: 'more', type: 'string' }] },
    });
    await sink.project([
      at(0, frame(1, body('a'))),
      at(1, frame(3, Buffer.concat([body('b'), body('c')]))),
      at(2, frame(1, body('d'))),
    ]);
    expect(inserts).toHaveLength(2);
  });

  test('a registry that is away makes the batch wait: no dead letter, no insert', async () => {
    const { sink, inserts, letters } = rig({
      1: small,
      4: new AffidavitError('registry_unavailable', 'away', { retryable: true }),
    });
    await expect(sink.project([at(0, frame(1, body('a'))), at(1, frame(4, body('b')))])).rejects.toMatchObject({
      retryable: true,
    });
    expect([inserts.length, letters.length]).toEqual([0, 0]);
  });

  test('a field that the table lacks stops it, before anything is dropped in silence', async () => {
    const { sink } = rig({ 1: small }, ['colour']);
    await expect(sink.project([at(0, frame(1, body('a')))])).rejects.toMatchObject({
      code: 'schema_ahead',
      retryable: false,
    });
  });

  test('it takes the contract’s own schema', async () => {
    const { sink, letters } = rig({ 1: auditEventSchema });
    await sink.project([at(0, frame(1, Buffer.alloc(3)))]);
    expect(letters).toMatchObject([{ code: 'record_undecodable' }]);
  });
});
