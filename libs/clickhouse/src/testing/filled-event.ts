import { type AvroRecordSchema } from '../avro-container.ts';

interface Node {
  readonly type: unknown;
  readonly name?: string;
  readonly logicalType?: string;
  readonly size?: number;
  readonly symbols?: readonly string[];
  readonly items?: unknown;
  readonly fields?: readonly { readonly name: string; readonly type: unknown }[];
}

/** A record with a value of its own in every field: what comes back in the wrong column is seen at once. */
export function filledValue(schema: AvroRecordSchema): unknown {
  const named = new Map<string, unknown>();
  let counter = 0;
  const fill = (type: unknown, path: string): unknown => {
    if (Array.isArray(type))
      return fill(
        type.find((branch) => branch !== 'null'),
        path,
      );
    if (typeof type === 'string') {
      const known = named.get(type.slice(type.lastIndexOf('.') + 1));
      if (known !== undefined) return fill(known, path);
      if (type === 'string') return path;
      if (type === 'boolean') return true;
      return type === 'double' ? ++counter + 0.5 : ++counter;
    }
    const node = type as Node;
    if (node.name !== undefined) named.set(node.name, node);
    switch (node.type) {
      case 'record':
        return Object.fromEntries(
          node.fields!.map((field) => [
            field.name,
            fill(field.type, path === '' ? field.name : `${path}.${field.name}`),
          ]),
        );
      case 'enum':
        return node.symbols!.at(-1);
      case 'array':
        return [fill(node.items, `${path}.0`), fill(node.items, `${path}.1`)];
      case 'map':
        return { [`${path}.key`]: `${path}.value` };
      case 'fixed':
        return Buffer.alloc(node.size!, ++counter);
      case 'bytes':
        return Buffer.from([0, ++counter]);
      case 'long':
        return node.logicalType === 'timestamp-micros' ? 1_795_327_200_000_000 + ++counter : ++counter;
      default:
        return fill(node.type, path);
    }
  };
  return fill(schema, '');
}

/** What ClickHouse's JSON shows for it, by dotted column. */
export function flattenValue(record: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const columns = new Map<string, unknown>();
  const walk = (part: Readonly<Record<string, unknown>>, prefix: string): void => {
    for (const [name, value] of Object.entries(part)) {
      const nested = typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
      if (nested && name !== 'details') walk(value as Record<string, unknown>, `${prefix}${name}.`);
      else columns.set(prefix + name, shown(name, value));
    }
  };
  walk(record, '');
  return columns;
}

function shown(name: string, value: unknown): unknown {
  if (Buffer.isBuffer(value))
    return value.length === 32 ? value.toString('hex') : value.readInt16BE() / (name === 'cost' ? 1e12 : 1e6);
  if (typeof value === 'number' && value > 1_795_000_000_000_000)
    return (
      new Date(Math.floor(value / 1_000)).toISOString().replace('T', ' ').slice(0, -1) +
      String(value % 1_000).padStart(3, '0')
    );
  return value;
}
