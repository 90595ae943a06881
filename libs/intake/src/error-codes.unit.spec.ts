import { errorCodes } from '@affidavit/contracts';
import { type ItemErrorCode } from './refusal.ts';
import { event, IntakeKit, SECRET, type KitOptions } from './testing/intake-kit.ts';

/** Given this kit, when this item arrives, then it is refused at this path. */
interface Case {
  readonly item: Readonly<Record<string, unknown>> | string;
  readonly path: string;
  readonly given?: KitOptions;
}

const manyRefs = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ doc_id: `${index}${'д'.repeat(500)}`, version: 'д'.repeat(250) }));

const cases: Readonly<Record<ItemErrorCode, Case>> = {
  json_duplicate_key: { item: '{"event_type": "run.started", "run_id": "a", "run_id": "b"}', path: '/run_id' },
  json_number_inexact: {
    item: '{"content": [{"role": "output", "json": {"id": 12345678901234567890}}]}',
    path: '/content/0/json/id',
  },
  json_forbidden_key: { item: '{"details": {"__proto__": {"admin": true}}}', path: '/details/__proto__' },
  json_lone_surrogate: { item: '{"run_id": "a\\ud800"}', path: '/run_id' },
  nesting_too_deep: { item: `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, path: '' },
  string_too_long: { item: event({ run_id: 'x'.repeat(513) }), path: '/run_id' },
  array_too_long: { item: event({ labels: Array.from({ length: 65 }, (_, index) => `l${index}`) }), path: '/labels' },
  details_too_many: {
    item: event({ details: Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`x_${index}`, 'v'])) }),
    path: '/details',
  },
  event_too_large: {
    item: event({
      event_type: 'retrieval.performed',
      tool: undefined,
      retrieval: { source_id: 's', results: manyRefs(700) },
    }),
    path: '',
  },
  not_an_object: { item: '7', path: '' },
  unknown_event_type: { item: event({ event_type: 'tool.call.invented' }), path: '/event_type' },
  unknown_field: { item: event({ tool: { name: 't', colour: 'red' } }), path: '/tool/colour' },
  missing_field: { item: event({ tool: {} }), path: '/tool/name' },
  empty_identifier: { item: event({ run_id: '' }), path: '/run_id' },
  wrong_type: { item: event({ run_id: 7 }), path: '/run_id' },
  invalid_value: { item: event({ tool: { name: 't', tier: 'dangerous' } }), path: '/tool/tier' },
  invalid_time: { item: event({ occurred_at: '2026-11-22 at six' }), path: '/occurred_at' },
  time_out_of_range: { item: event({ occurred_at: '2026-11-24T07:00:00Z' }), path: '/occurred_at' },
  number_out_of_range: { item: event({ stream_id: 'retail/a/b', seq: 0 }), path: '/seq' },
  collector_field: { item: event({ fact_hash: '0'.repeat(64) }), path: '/fact_hash' },
  content_too_large: {
    item: event({
      content: [
        { role: 'output', text: 'x' },
        { role: 'output', text: 'ä'.repeat(256 * 1024 + 1) },
      ],
    }),
    path: '/content/1',
  },
  content_invalid: { item: event({ content: [{ role: 'output', text: 'x', json: 1 }] }), path: '/content/0' },
  tenant_mismatch: { item: event({ tenant_id: 'other' }), path: '/tenant_id' },
  connector_mismatch: {
    item: event({ source: { system: 'shop', connector_id: 'other' } }),
    path: '/source/connector_id',
  },
  source_not_allowed: { item: event(), path: '/source/system', given: { sender: { sources: ['crm'] } } },
  event_type_not_allowed: {
    item: event(),
    path: '/event_type',
    given: { sender: { event_types: ['run.*', 'tool.call.failed'] } },
  },
  evidence_grade_too_high: { item: event({ evidence_grade: 'system_of_record' }), path: '/evidence_grade' },
  secret_in_identifier: { item: event({ call_id: `key ${SECRET}` }), path: '/call_id' },
};

const itemCodes = Object.entries(errorCodes).flatMap(([code, { place }]) => (place === 'item' ? [code] : []));

describe('error codes of items', () => {
  test('each has a case here, and nothing else has', () => {
    expect(Object.keys(cases).sort()).toEqual(itemCodes.sort());
  });

  test.each(Object.entries(cases))('%s', async (code, { item, path, given }) => {
    const outcome = await new IntakeKit(given).whenText(typeof item === 'string' ? item : JSON.stringify(item));
    expect(outcome).toMatchObject({ status: 'rejected', refusal: { code, path } });
  });

  test.each(Object.entries(cases))(
    '%s says nothing of the value, and says it alike alone and among others',
    async (code, { item, path, given }) => {
      const text = typeof item === 'string' ? item : JSON.stringify(item);
      const kit = new IntakeKit(given);
      const outcome = await kit.whenText(`[${text}, ${JSON.stringify(event({ run_id: 'neighbour' }))}]`);
      if (outcome.status !== 'rejected') throw new Error('accepted');
      expect(outcome).toMatchObject({ index: 0, refusal: { code, path } });
      for (const quoted of [SECRET, '2026-11-22 at six', 'dangerous', 'ä', '12345678901234567890'])
        expect(outcome.refusal.message).not.toContain(quoted);
    },
  );
});
