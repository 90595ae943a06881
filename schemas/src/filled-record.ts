/**
 * A record with a distinct value in every field of an Avro schema: what comes back in the wrong place is seen at once.
 * Numbers count up, strings are the path of their field, arrays have two elements, enums take their last symbol.
 */
export function filledValue(schema: unknown): unknown {
  const named = new Map<string, unknown>();
  let counter = 0;
  const next = (): number => ++counter;

  const fill = (type: unknown, path: string): unknown => {
    if (Array.isArray(type))
      return fill(
        type.find((branch) => branch !== 'null'),
        path,
      );
    if (typeof type === 'string') {
      if (named.has(type)) return fill(named.get(type), path);
      switch (type) {
        case 'string':
          return path;
        case 'boolean':
          return true;
        case 'bytes':
          return Buffer.from(path);
        case 'double':
          return next() + 0.5;
        default:
          return next();
      }
    }
    const complex = type as {
      type: string;
      name?: string;
      logicalType?: string;
      size?: number;
      symbols?: string[];
      items?: unknown;
      fields?: { name: string; type: unknown }[];
    };
    if (complex.name) named.set(complex.name, complex);
    switch (complex.type) {
      case 'record':
        return Object.fromEntries(
          (complex.fields ?? []).map((field) => [
            field.name,
            fill(field.type, path ? `${path}.${field.name}` : field.name),
          ]),
        );
      case 'enum':
        return complex.symbols?.at(-1);
      case 'array':
        return [fill(complex.items, `${path}.0`), fill(complex.items, `${path}.1`)];
      case 'map':
        return { [`${path}.key`]: `${path}.value` };
      case 'fixed':
        return Buffer.alloc(complex.size ?? 0, next());
      case 'bytes':
        return complex.logicalType === 'decimal' ? Buffer.from([0, next()]) : Buffer.from(path);
      case 'long':
        return complex.logicalType === 'timestamp-micros' ? 1_795_327_200_000_000 + next() : next();
      default:
        return fill(complex.type, path);
    }
  };
  return fill(schema, '');
}
