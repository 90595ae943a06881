import { auditEventAvro, planeAvro } from './avro.ts';
import { eventColumns, leadingColumns } from './clickhouse-columns.ts';
import { DEFINITIONS_ID, definitionsSchema, eventTypeSchema } from './json-schema.ts';
import { type Model } from './model.ts';
import { referencePage } from './reference.ts';
import { HEADER, inputTypes, planeRecordTypes, recordTypes } from './typescript.ts';

const constant = (name: string, value: unknown, type = ''): string =>
  `export const ${name}${type} = ${JSON.stringify(value, null, 1)}${type ? '' : ' as const'};\n`;

function catalogue(model: Model): string {
  const entries = model.eventTypes.map(({ type, ...rest }) => [type, rest]);
  const shape = 'Readonly<Record<EventType, EventTypeEntry>>';
  return `${HEADER}import { type EventType, type Phase } from './audit-event.gen.ts';

/** What the catalogue says of one type. Paths are dotted; \`any_of\` needs one of them. */
export interface EventTypeEntry {
  readonly group: string;
  readonly topic: string;
  readonly senders: readonly ('connector' | 'service')[];
  readonly meaning: string;
  readonly phase: Phase;
  readonly required: readonly string[];
  readonly any_of: readonly string[];
  readonly sections: readonly string[];
  readonly details: Readonly<Record<string, string>>;
}

${constant('eventTypes', Object.fromEntries(entries), `: ${shape}`)}`;
}

/** Every generated file: path from the repository's root → text. The same model gives the same bytes. */
export function generatedFiles(model: Model): ReadonlyMap<string, string> {
  const avsc = auditEventAvro(model);
  const planes = model.planeRecords.map(
    (record) => [record.name, planeAvro(record, model.namespace, model.planeRecords)] as const,
  );
  const schemas = [['AuditEvent', avsc] as const, ...planes];
  const contracts = 'libs/contracts/src';
  const jsonSchemas = Object.fromEntries(model.eventTypes.map((entry) => [entry.type, eventTypeSchema(model, entry)]));
  const camel = (name: string): string => (name[0] ?? '').toLowerCase() + name.slice(1);
  const files: [string, string][] = [
    ...schemas.map(([name, schema]): [string, string] => [
      `schemas/avro/${name}.avsc`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
    [`${contracts}/audit-event.gen.ts`, recordTypes(model)],
    [`${contracts}/event-input.gen.ts`, inputTypes(model)],
    [`${contracts}/plane-records.gen.ts`, planeRecordTypes(model.planeRecords)],
    [
      `${contracts}/avro.gen.ts`,
      HEADER + schemas.map(([name, schema]) => constant(`${camel(name)}Schema`, schema)).join('\n'),
    ],
    [`${contracts}/event-types.gen.ts`, catalogue(model)],
    [
      `${contracts}/json-schemas.gen.ts`,
      `${HEADER}import { type EventType } from ` +
        `'./audit-event.gen.ts';\n\n${constant('definitionsId', DEFINITIONS_ID)}\n${constant('definitionsSchema', definitionsSchema(model), ': object')}\n${constant('eventTypeSchemas', jsonSchemas, ': Readonly<Record<EventType, object>>')}`,
    ],
    [
      `${contracts}/columns.gen.ts`,
      `${HEADER}export interface Column {\n  readonly name: string;\n  readonly type: string;\n  readonly comment: ` +
        `string;\n}\n\n${constant('leadingColumns', leadingColumns, ': readonly Column[]')}\n${constant('eventColumns', eventColumns(model), ': readonly Column[]')}`,
    ],
    [
      `${contracts}/topics.gen.ts`,
      `${HEADER}${constant('topics', Object.fromEntries(model.topics.map(({ topic, ...rest }) => [topic, rest])))}`,
    ],
    [
      `${contracts}/error-codes.gen.ts`,
      `${HEADER}${constant('errorCodes', Object.fromEntries(model.errorCodes.map(({ code, ...rest }) => [code, rest])))}\nexport ` +
        `type ErrorCode = keyof typeof errorCodes;\n`,
    ],
    ['schemas/reference.md', referencePage(model)],
  ];
  return new Map(files);
}
