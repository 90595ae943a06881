import { AffidavitError } from '@affidavit/audit-model';
import { type AvroRecordSchema } from './avro-container.ts';

/** What `BodyLength` runs: each instruction is a code and a count or a jump target, as said where it runs them. */
export const op = { end: 0, longs: 1, sized: 2, fixed: 3, union: 4, blocks: 5 } as const;

/** Compiles a schema into the program that skips over one record of it. */
export function lengthProgram(schema: AvroRecordSchema): Int32Array {
  const program: number[] = [];
  compile(schema, program, new Map());
  return Int32Array.from([...program, op.end]);
}

interface Node {
  readonly type: unknown;
  readonly name?: string;
  readonly fields?: readonly { readonly type: unknown }[];
  readonly items?: unknown;
  readonly values?: unknown;
  readonly size?: number;
}

function emit(program: number[], code: number, count = 1): void {
  // Runs of equal instructions become one: most of the envelope is strings in a row. A branch target never lies inside
  // a run, since branches and items close with `end`.
  if (
    code !== op.fixed &&
    program.length >= 2 &&
    program.at(-2) === code &&
    mergeable.get(program) === program.length
  ) {
    program[program.length - 1]! += count;
  } else {
    program.push(code, count);
  }
  mergeable.set(program, program.length);
}

/** Up to where a program's last two entries are an instruction of one count, rather than somebody's jump target. */
const mergeable = new WeakMap<number[], number>();

function compile(type: unknown, program: number[], named: Map<string, unknown>): void {
  if (Array.isArray(type)) return compileUnion(type, program, named);
  if (typeof type === 'string') return compileName(type, program, named);
  const node = type as Node;
  if (node.name !== undefined && ['record', 'enum', 'fixed'].includes(String(node.type))) named.set(node.name, node);
  switch (node.type) {
    case 'record':
      for (const field of node.fields ?? []) compile(field.type, program, named);
      return;
    case 'enum':
      return emit(program, op.longs);
    case 'fixed':
      return emit(program, op.fixed, node.size ?? 0);
    case 'array':
    case 'map': {
      const start = program.length;
      program.push(op.blocks, 0);
      if (node.type === 'map') emit(program, op.sized);
      compile(node.type === 'map' ? node.values : node.items, program, named);
      program.push(op.end);
      program[start + 1] = program.length;
      return;
    }
    default:
      return compile(node.type, program, named);
  }
}

function compileUnion(branches: readonly unknown[], program: number[], named: Map<string, unknown>): void {
  const start = program.length;
  program.push(op.union, branches.length, ...branches.map(() => 0), 0);
  for (const [index, branch] of branches.entries()) {
    program[start + 2 + index] = program.length;
    compile(branch, program, named);
    program.push(op.end);
  }
  program[start + 2 + branches.length] = program.length;
}

function compileName(name: string, program: number[], named: Map<string, unknown>): void {
  switch (name) {
    case 'null':
      return;
    case 'boolean':
      return emit(program, op.fixed, 1);
    case 'int':
    case 'long':
      return emit(program, op.longs);
    case 'float':
      return emit(program, op.fixed, 4);
    case 'double':
      return emit(program, op.fixed, 8);
    case 'bytes':
    case 'string':
      return emit(program, op.sized);
    default: {
      const known = named.get(name.slice(name.lastIndexOf('.') + 1));
      if (known === undefined)
        throw new AffidavitError('schema_unusable', `the schema uses the unknown type ${name}`, {
          detail: { type: name },
        });
      return compile(known, program, named);
    }
  }
}
