import { Ajv } from 'ajv';
import { eventTypes, type EventType } from '@affidavit/contracts';
import { CollectorKit } from '../testing/collector-kit.ts';
import { examples } from './examples.ts';

const types = Object.keys(eventTypes) as EventType[];
const kit = new CollectorKit();
let service = '';
beforeAll(async () => {
  await kit.start();
  service = await kit.token({ name: 'service', role: 'service', tenant_id: '*' });
});
afterAll(() => kit.stop());

describe('the contract of each type', () => {
  test('is listed', async () => {
    const { body } = await kit.send('/v1/types');
    expect(body.data.map(({ event_type }: { event_type: string }) => event_type)).toEqual(types);
    expect(body.total).toBe(types.length);
    expect(body.data[0]).toEqual({
      event_type: types[0],
      group: expect.any(String),
      meaning: expect.any(String),
      topic: expect.stringMatching(/^audit\./),
      phase: expect.any(String),
      senders: expect.any(Array),
    });
  });
  test('of a type that is not there is 404', async () => {
    for (const type of ['tool.call.invented', 'constructor', '__proto__', 'toString'])
      expect((await kit.send(`/v1/types/${type}`)).status).toBe(404);
  });
  test('is a JSON Schema that stands by itself and takes its own example', async () => {
    const { body } = await kit.send('/v1/types/tool.call.completed');
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } }).addSchema(body.definitions);
    const validate = ajv.compile(body.json_schema);
    expect(validate(body.example)).toBe(true);
    expect(validate({ ...body.example, colour: 'red' })).toBe(false);
    expect(body.example.tool.name).toBe('exchange_delivered_order_items');
  });
  test.each(types)('%s: its example is taken by the door as it stands', async (type) => {
    const { body } = await kit.send(`/v1/types/${type}`);
    expect(body.example).toEqual(examples[type]);
    const answer = await kit.post(body.example, {
      query: '?validate_only=true',
      ...(!eventTypes[type].senders.includes('connector') && { token: service }),
    });
    expect(answer).toMatchObject({ status: 200, body: { accepted: 1, errors: [] } });
  });
  test('and it names what the type requires', () => {
    for (const type of types) {
      for (const path of eventTypes[type].required) {
        const [head = '', inner] = path.split('.');
        const value = (examples[type] as Record<string, Record<string, unknown>>)[head];
        expect([type, path, inner === undefined ? value : value?.[inner]]).toEqual([type, path, expect.anything()]);
      }
    }
  });
});
