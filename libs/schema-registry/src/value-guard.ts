import { type AvroSchema } from './avro-types.ts';

/**
 * What avsc would write without complaint and read back as something else (see the pitfalls in README.md): a string
 * with half a surrogate pair becomes U+FFFD, a map key `__proto__` vanishes, a long below −2^52 decodes wrong. A guard
 * is compiled once per schema and answers null, or the path and what is wrong there, never the value.
 */
export type ValueGuard = (value: unknown) => GuardFinding | null;

export interface GuardFinding {
  readonly path: string;
  readonly problem: string;
}

const lowestLong = -(2 ** 52);
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

// Node 20 has it; the ES2023 type library does not.
const wellFormed = (text: string): boolean => (text as unknown as { isWellFormed(): boolean }).isWellFormed();

const finding = (problem: string): GuardFinding => ({ path: '', problem });
const below = (step: string, inner: GuardFinding): GuardFinding => ({
  path: step + inner.path,
  problem: inner.problem,
});

const stringGuard: ValueGuard = (value) =>
  typeof value === 'string' && value !== '' && !wellFormed(value) ? finding('lone surrogate') : null;

const longGuard: ValueGuard = (value) =>
  typeof value === 'number' && value < lowestLong ? finding('long below -2^52') : null;

function recordGuard(fields: readonly { name: string; guard: ValueGuard }[]): ValueGuard {
  return (value) => {
    if (typeof value !== 'object' || value === null) return null;
    for (const { name, guard } of fields) {
      const inner = guard((value as Record<string, unknown>)[name]);
      if (inner !== null) return below(`.${name}`, inner);
    }
    return null;
  };
}

function arrayGuard(items: ValueGuard): ValueGuard {
  return (value) => {
    if (!Array.isArray(value)) return null;
    for (let index = 0; index < value.length; index += 1) {
      const inner = items(value[index]);
      if (inner !== null) return below(`[${index}]`, inner);
    }
    return null;
  };
}

function mapGuard(values: ValueGuard): ValueGuard {
  return (value) => {
    if (typeof value !== 'object' || value === null) return null;
    for (const key of Object.keys(value)) {
      if (forbiddenKeys.has(key)) return below(`.${key}`, finding('forbidden key'));
      if (!wellFormed(key)) return below('.?', finding('lone surrogate in a key'));
      const inner = values((value as Record<string, unknown>)[key]);
      if (inner !== null) return below(`.${key}`, inner);
    }
    return null;
  };
}

interface Node {
  readonly type?: unknown;
  readonly name?: string;
  readonly fields?: readonly { name: string; type: unknown }[];
  readonly items?: unknown;
  readonly values?: unknown;
}

const harmless: ValueGuard = () => null;

/** `named` holds records by name, so that a second use of a name finds them. */
function compile(schema: unknown, named: Map<string, ValueGuard>): ValueGuard {
  if (typeof schema === 'string') {
    if (schema === 'string') return stringGuard;
    if (schema === 'long') return longGuard;
    return named.get(schema.slice(schema.lastIndexOf('.') + 1)) ?? harmless;
  }
  if (Array.isArray(schema)) {
    const branches = schema.map((branch) => compile(branch, named)).filter((guard) => guard !== harmless);
    if (branches.length === 0) return harmless;
    if (branches.length === 1) return branches[0] as ValueGuard;
    return (value) => branches.reduce<GuardFinding | null>((found, guard) => found ?? guard(value), null);
  }
  const node = schema as Node;
  switch (node.type) {
    case 'record': {
      const fields: { name: string; guard: ValueGuard }[] = [];
      const guard = recordGuard(fields);
      if (node.name !== undefined) named.set(node.name, guard);
      for (const field of node.fields ?? []) fields.push({ name: field.name, guard: compile(field.type, named) });
      // Numbers and enums need no visit; avsc checks their type itself.
      fields.splice(0, fields.length, ...fields.filter((field) => field.guard !== harmless));
      return guard;
    }
    case 'array': {
      const items = compile(node.items, named);
      return items === harmless ? harmless : arrayGuard(items);
    }
    case 'map':
      return mapGuard(compile(node.values, named));
    case 'enum':
    case 'fixed':
      return harmless;
    default:
      return compile(node.type, named);
  }
}

export function compileGuard(schema: AvroSchema): ValueGuard {
  return compile(schema, new Map());
}
