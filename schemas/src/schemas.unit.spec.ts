import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import avro from 'avsc';
import { auditEventAvro, emptyValue } from './avro.ts';
import { eventColumns } from './clickhouse-columns.ts';
import { generatedFiles } from './generate.ts';
import { definitionsSchema, eventTypeSchema } from './json-schema.ts';
import { loadModel, parseField } from './model.ts';
import { problemsOf } from './rules.ts';

const root = new URL('../../', import.meta.url);
const model = loadModel(new URL('schemas/', root));
const text = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const typeOf = (schema: unknown): avro.Type => avro.Type.forSchema(schema as avro.Schema, { wrapUnions: false });

describe('the model', () => {
  test('breaks no rule', () => expect(problemsOf(model)).toEqual([]));
  test.each([...generatedFiles(model)])('%s is what the model gives', (file, expected) =>
    expect(text(file)).toBe(expected),
  );

  const broken = (change: (draft: { records: Map<string, unknown>; envelope: unknown[] }) => void): string[] => {
    const draft = { ...model, records: new Map(model.records), envelope: [...model.envelope] };
    change(draft);
    return problemsOf(draft);
  };
  const field = (name: string, line: string): ReturnType<typeof parseField> => parseField(name, line);
  test.each([
    ['a nullable record', field('extra', 'Tool? | x'), 'nullable record'],
    ['a nullable string', field('extra', 'code? | x'), 'only numbers and times are nullable'],
    ['an unknown type', field('extra', 'colour | x'), 'no type colour'],
    ['a number that is always there', field('extra', 'long | x'), 'no empty value'],
  ])('%s is refused', (_name, extra, problem) =>
    expect(broken((draft) => draft.envelope.push(extra)).join()).toContain(problem),
  );
  test('two arrays under one prefix are refused', () => {
    const fields = [field('a', '[string] | x'), field('b', '[string] | x')];
    expect(
      broken((draft) => draft.records.set('Access', { name: 'Access', kind: 'section', fields })).join(),
    ).toContain('two arrays under one dotted prefix');
  });
  test('a column too many is refused', () => {
    const many = Array.from({ length: 20 }, (_, index) => field(`extra_${index}`, 'code | x'));
    expect(broken((draft) => draft.envelope.push(...many)).join()).toContain('the budget is 200');
  });
  test('a column is one field or one field of a record', () => {
    const names = eventColumns(model).map((column) => column.name);
    expect(names).toContain('source.system');
    expect(names).toContain('object_refs');
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('golden bytes', () => {
  const versions = readdirSync(new URL('schemas/golden/', root)).filter((name) => name.endsWith('.json'));
  type Golden = { schema: unknown; base64: string; record: unknown };
  test('there are some', () => expect(versions.length).toBeGreaterThan(0));
  test.each(versions)('%s still decodes, with the schema of today, to what it was', (file) => {
    const golden = JSON.parse(text(`schemas/golden/${file}`)) as Golden;
    const name = file.split('.')[0] ?? '';
    const writer = typeOf(golden.schema);
    const reader = typeOf(JSON.parse(text(`schemas/avro/${name}.avsc`)));
    const bytes = Buffer.from(golden.base64, 'base64');
    const decoded: unknown = reader.fromBuffer(bytes, reader.createResolver(writer));
    expect(JSON.parse(JSON.stringify(decoded))).toMatchObject(golden.record as object);
    expect(writer.toBuffer(writer.fromBuffer(bytes)).equals(bytes)).toBe(true);
  });
  test.each(['AuditEvent', 'ContentRecord', 'DeadLetter'])('the %s of today is among them', (name) => {
    const schemas = versions
      .filter((file) => file.startsWith(`${name}.`))
      .map((file) => (JSON.parse(text(`schemas/golden/${file}`)) as Golden).schema);
    expect(schemas).toContainEqual(JSON.parse(text(`schemas/avro/${name}.avsc`)));
  });
});

describe('Avro', () => {
  test('a record with nothing but its empty values reads back as them', () => {
    const type = typeOf(auditEventAvro(model));
    const given = {
      event_id: 'e',
      event_type: 't',
      tenant_id: 't',
      occurred_at: 1,
      observed_at: 1,
      time_precision_us: 1,
      stream_id: 's',
      seq: 1,
      fact_hash: Buffer.alloc(32),
    };
    const empty = Object.fromEntries(model.envelope.map((one) => [one.name, emptyValue(model, one)]));
    const back: unknown = type.fromBuffer(type.toBuffer({ ...empty, ...given }));
    expect(JSON.parse(JSON.stringify(back))).toEqual(JSON.parse(JSON.stringify({ ...empty, ...given })));
  });
  test('a schema with one field more at the end reads every earlier record', () => {
    const later = {
      ...auditEventAvro(model),
      fields: [...(auditEventAvro(model)['fields'] as unknown[]), { name: 'added', type: 'string', default: '' }],
    };
    expect(() => typeOf(later).createResolver(typeOf(auditEventAvro(model)))).not.toThrow();
  });
});

describe('JSON Schema per type', () => {
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
  ajv.addSchema(definitionsSchema(model));
  const common = { occurred_at: '2026-11-22T06:00:00Z', source: { system: 's' }, actor: { type: 'agent', id: 'a' } };
  test.each(model.eventTypes.map((entry) => [entry.type, entry] as const))(
    '%s compiles and refuses what it does not declare',
    (_type, entry) => {
      const validate = ajv.compile(eventTypeSchema(model, entry));
      expect(validate({ ...common, event_type: entry.type, colour: 'red' })).toBe(false);
      expect(validate({ ...common, event_type: 'other.type' })).toBe(false);
      expect(validate({ ...common, event_type: entry.type, details: { undocumented: 'x' } })).toBe(false);
    },
  );
  test('a tool call needs its tool and its call', () => {
    const validate = ajv.getSchema('urn:affidavit:v1:tool.call.requested');
    if (!validate) throw new Error('the type has no schema');
    const event = { ...common, event_type: 'tool.call.requested', call_id: 'c', tool: { name: 'n' } };
    expect(validate(event)).toBe(true);
    expect(validate({ ...event, details: { x_mine: 'ok' } })).toBe(true);
    for (const wrong of [
      { tool: {} },
      { tool: { name: '' } },
      { call_id: '' },
      { approval: { approver: 'x' } },
      { phase: 'effect' },
      { fact_hash: '00' },
    ])
      expect(validate({ ...event, ...wrong })).toBe(false);
  });
});
