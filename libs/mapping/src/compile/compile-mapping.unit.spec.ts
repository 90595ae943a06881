import { definitionsSchema } from '@affidavit/contracts';
import { Ajv } from 'ajv';
import { RETAIL } from '../../test/chat.ts';
import { emitSections } from '../file/tool-schema.ts';
import { MappingError } from '../mapping-error.ts';
import { compileMapping, lookupFilesOf } from './compile-mapping.ts';
import { fieldValue } from './field-value.ts';

function problemsOf(yaml: string): readonly string[] {
  try {
    compileMapping(yaml);
  } catch (error) {
    if (error instanceof MappingError)
      return error.problems.map(({ line, at, message }) => `${String(line)} ${at}: ${message}`);
    throw error;
  }
  return [];
}

const minimal = (rest: string): string =>
  `mapping: {id: x, version: 1, input: openai-messages}\nids: {run: "{set}/{$.id}"}\n${rest}`;

describe('a mapping file', () => {
  test('of the specification compiles', () => {
    expect(problemsOf(RETAIL)).toEqual([]);
    expect(compileMapping(RETAIL)).toMatchObject({ id: 'retail-agent', version: '3' });
  });

  test('needs no more than an id, a version, an input and the id of a run', () => {
    expect(problemsOf(minimal(''))).toEqual([]);
  });

  test('has all its faults named, each with its line', () => {
    const problems = problemsOf(
      minimal(
        'tools:\n  a: {tier: raed}\n  b: {emit: [{type: object.read, objekt: 1}]}\nrun: {people: [{role: expected}]}',
      ),
    );
    expect(problems).toEqual([
      expect.stringMatching(/^4 tools\.a\.tier: must be one of read, write, destructive, unknown/),
      expect.stringMatching(/^5 tools\.b\.emit\[0\]\.objekt: unknown key; known here: type, only_if/),
      expect.stringMatching(/^6 run\.people\[0\]: needs id/),
    ]);
  });

  test.each([
    ['a: [1', /not readable as YAML/],
    [
      minimal(
        'tools: {a: {emit: {type: object.red, object: {order: $args.id}}}}\nobjects: {order: {system: s, type: order}}',
      ),
      /"object\.red" is not in the catalogue.*object\.read/,
    ],
    [minimal('tools: {a: {emit: {type: audit.query.executed}}}'), /only be sent by the product's own services/],
    [
      minimal(
        'tools: {a: {emit: {type: object.read, object: {ordr: $args.id}}}}\nobjects: {order: {system: s, type: order}}',
      ),
      /no kind of object of that name; objects has order/,
    ],
    [
      minimal(
        'tools: {a: {emit: {type: object.read, object: {order: "$args.id["}}}}\nobjects: {order: {system: s, type: order}}',
      ),
      /not a JSONPath/,
    ],
    [
      minimal('tools: {a: {emit: {type: run.completed, message: {channel: email}}}}'),
      /run\.completed has no section message/,
    ],
    [minimal('tools: {a: {emit: {type: escalation.raised, details: {quue: x}}}}'), /not a documented key.*queue/],
    [
      minimal('tools: {a: {emit: {type: escalation.raised, content: [{role: reason}]}}}'),
      /exactly one of text and json/,
    ],
    [minimal('time: {basis: source}'), /needs path/],
    [minimal('time: {zone: Mars}'), /must be an offset/],
    [minimal('run: {failed_when: {path: info.error}}'), /must be a path that starts with \$/],
    [minimal('on_unmatched: {keep_as: nothing.known}'), /not in the catalogue/],
    [minimal('ids: {run: "{sett}"}').replace('ids: {run: "{set}/{$.id}"}\n', ''), /\{sett\}, which is not known here/],
    ['mapping: {id: x, version: 1, input: json}\nids: {run: x}', /input "json" is not read here/],
    [minimal('lookups: {t: {file: ../secret.yaml}}'), /must match/],
    [minimal('tools: {a: &a [*a]}'), /./],
  ])('%#: says what is wrong', (yaml, message) => {
    expect(problemsOf(yaml).join('\n')).toMatch(message);
  });

  test('names its lookup files, and misses one that is not there', () => {
    const yaml = minimal('lookups: {b: {file: b.yaml}, a: {file: a.yaml}, c: {values: {x: 1}}}');
    expect(lookupFilesOf(yaml)).toEqual(['a.yaml', 'b.yaml']);
    expect(problemsOf(yaml).join()).toMatch(/a\.yaml|b\.yaml/);
  });

  test('takes a tool named like a member of every object for what it is', () => {
    expect(compileMapping(minimal('tools: {constructor: {tier: read}}')).tools.get('constructor')?.tier).toBe('read');
    expect(compileMapping(minimal('')).tools.has('constructor')).toBe(false);
  });
});

interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
}
const definitions = (definitionsSchema as { readonly definitions: Readonly<Record<string, Schema>> }).definitions;
const nameOf = (ref: string | undefined): string => ref?.split('/').at(-1) ?? '';

/** Every leaf of every section that rules may fill, elements of its lists included. */
const leaves = emitSections.flatMap((section) => {
  const own = definitions[section.charAt(0).toUpperCase() + section.slice(1)]?.properties ?? {};
  const elements = Object.values(own).flatMap((each) =>
    Object.entries(definitions[nameOf(each.items?.$ref)]?.properties ?? {}),
  );
  return [...Object.entries(own).filter(([, each]) => each.type !== 'array'), ...elements].map(
    ([key, schema]) => [`${section}.${key}`, section, key, schema] as const,
  );
});

const enumOf = (schema: Schema): readonly string[] => ('enum' in schema ? (schema.enum as readonly string[]) : []);

describe('leaves of sections', () => {
  test('are all there', () => {
    expect(leaves.length).toBeGreaterThan(90);
  });

  test.each(leaves)('%s takes the form that its schema asks for', (_name, section, key, schema) => {
    const validate = new Ajv({ strict: false, validateFormats: false })
      .addSchema(definitionsSchema)
      .compile(schema as object);
    const candidates = [
      ...new Set<string | number | boolean>([12, 0.5, '12', 'USD', true, 'true', 'ab'.repeat(32), ...enumOf(schema)]),
    ];
    const taken = candidates.flatMap((each) => fieldValue(section, key, each));
    expect(taken.filter((each) => validate(each))).not.toHaveLength(0);
    expect(taken.filter((each) => typeof each === 'string' && schema.type !== 'string' && !validate(each))).toEqual([]);
  });

  test('decimals are text with six places, counts are numbers, text is text', () => {
    expect(fieldValue('usage', 'cost', 0.00152)).toEqual(['0.001520000000']);
    // The cost of a small call: neither rounded nor lost, and what does not fit is left to the collector to refuse.
    expect(fieldValue('usage', 'cost', 1.275e-5)).toEqual(['0.000012750000']);
    expect(fieldValue('usage', 'cost', 3e-7)).toEqual(['0.000000300000']);
    expect(fieldValue('usage', 'cost', 0.0016150000000000001)).toEqual(['0.001615000000']);
    expect(fieldValue('effect', 'amount', '0.0000001')).toEqual(['0.0000001']);
    expect(fieldValue('usage', 'input_tokens', '12')).toEqual([12]);
    expect(fieldValue('usage', 'input_tokens', 1.5)).toEqual([]);
    expect(fieldValue('effect', 'document_no', 4711)).toEqual(['4711']);
    expect(fieldValue('message', 'external', 'true')).toEqual([true]);
    expect(fieldValue('approval', 'expires_at', '2026-01-05T09:00:00Z')).toEqual(['2026-01-05T09:00:00Z']);
    expect(fieldValue('tool', 'name', '')).toEqual([]);
  });
});
