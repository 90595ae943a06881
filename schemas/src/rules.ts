import { eventColumns, leadingColumns } from './clickhouse-columns.ts';
import { type Field, type Model } from './model.ts';
import { scalars } from './scalars.ts';

export const COLUMN_BUDGET = 200;

const isRecord = (model: Model, field: Field): boolean => model.records.has(field.type);

function checkFields(model: Model, owner: string, fields: readonly Field[], say: (problem: string) => void): void {
  for (const field of fields) {
    const place = `${owner}.${field.name}`;
    const known = scalars[field.type] !== undefined || model.enums.has(field.type) || isRecord(model, field);
    if (!known) say(`${place}: no type ${field.type}`);
    if (field.nullable && isRecord(model, field))
      say(`${place}: a nullable record arrives in ClickHouse as nothing, in silence`);
    if (field.nullable && scalars[field.type]?.empty !== null)
      say(`${place}: only numbers and times are nullable, an absent string is ""`);
    const alwaysGiven = field.required || field.filled;
    if (!field.nullable && !field.array && scalars[field.type]?.empty === null && !alwaysGiven)
      say(`${place}: a number without ? has no empty value`);
  }
}

function checkRecords(model: Model, say: (problem: string) => void): void {
  for (const record of model.records.values()) {
    checkFields(model, record.name, record.fields, say);
    if (record.fields.length === 0) say(`${record.name}: a record without fields has size zero`);
    const arrays = record.fields.filter((field) => field.array);
    if (arrays.length > 1)
      say(
        `${record.name}: ${arrays.map((field) => field.name).join(', ')}: two arrays under one dotted prefix are refused as Nested`,
      );
    const nested = record.fields.filter((field) => isRecord(model, field) && !field.array);
    if (nested.length > 0) say(`${record.name}: ${nested[0]?.name ?? ''}: records nest one level deep`);
    if (record.kind === 'element' && arrays.length > 0) say(`${record.name}: an element of an array holds no array`);
  }
}

/** Resolves a dotted path of the catalogue to its fields; an empty list when there is none. */
export function fieldsAt(model: Model, path: string): Field[] {
  const [head, inner] = path.split('.');
  const field = model.envelope.find((candidate) => candidate.name === head);
  if (!field) return [];
  if (inner === undefined) return [field];
  const nested = model.records.get(field.type)?.fields.find((candidate) => candidate.name === inner);
  return nested ? [field, nested] : [];
}

function checkCatalogue(model: Model, say: (problem: string) => void): void {
  const sections = new Set(
    model.envelope.filter((field) => model.records.get(field.type)?.kind === 'section').map((field) => field.name),
  );
  const topics = new Set(model.topics.map(({ topic }) => topic));
  for (const entry of model.eventTypes) {
    if (!/^[a-z]+(\.[a-z_]+){1,3}$/.test(entry.type)) say(`${entry.type}: a type is domain.noun.verb_past`);
    if (!topics.has(entry.topic)) say(`${entry.type}: no topic ${entry.topic}`);
    if (!model.enums.get('phase')?.includes(entry.phase)) say(`${entry.type}: no phase ${entry.phase}`);
    for (const name of entry.sections) if (!sections.has(name)) say(`${entry.type}: no section ${name}`);
    for (const path of [...entry.required, ...entry.any_of]) {
      const head = path.split('.')[0] ?? '';
      if (fieldsAt(model, path).length === 0) say(`${entry.type}: no field ${path}`);
      if (sections.has(head) && !entry.sections.includes(head))
        say(`${entry.type}: requires ${path} of a section that it does not allow`);
    }
  }
}

/** What the composer refuses, a sentence each: every rule was learned by losing data (README.md, "Rules"). */
export function problemsOf(model: Model): string[] {
  const problems: string[] = [];
  const say = (problem: string): void => void problems.push(problem);
  checkFields(model, model.name, model.envelope, say);
  checkRecords(model, say);
  checkCatalogue(model, say);
  for (const [name, symbols] of model.enums)
    if (symbols[0] !== 'unknown') say(`enum ${name}: its first symbol is its default, unknown`);
  if (problems.length > 0) return problems;
  const columns = leadingColumns.length + eventColumns(model).length;
  if (columns > COLUMN_BUDGET) say(`${columns} columns: the budget is ${COLUMN_BUDGET}`);
  return problems;
}
