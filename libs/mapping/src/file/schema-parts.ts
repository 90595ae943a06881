/** JSON Schema fragments that the parts of a mapping share. A `value` is compiled later, with its own messages. */
export const value = {} as const;
export const name = { type: 'string', pattern: '^[a-z][a-z0-9_-]{0,63}$' } as const;
export const path = { type: 'string', pattern: '^\\$' } as const;
const scalar = { type: ['string', 'number', 'boolean'] } as const;

export function closed(properties: Readonly<Record<string, unknown>>, required: readonly string[] = []) {
  return { type: 'object', additionalProperties: false, properties, required };
}

export function oneOrMany(schema: object) {
  return { if: { type: 'array' }, then: { type: 'array', items: schema, maxItems: 100 }, else: schema };
}

export function values(...names: string[]) {
  return Object.fromEntries(names.map((each) => [each, value]));
}

export const conditionProperties = {
  path,
  json_path: path,
  text_prefix: { type: 'string' },
  is: { enum: ['present', 'absent', 'empty', 'not_empty', 'true', 'false', true, false] },
  equals: scalar,
  in: { type: 'array', items: scalar, minItems: 1, maxItems: 1_000 },
  prefix: { type: 'string' },
  contains: { type: 'string' },
} as const;

export const condition = closed(conditionProperties);

export const tier = { enum: ['read', 'write', 'destructive', 'unknown'] } as const;
export const protocol = { enum: ['function', 'mcp', 'http', 'sql', 'internal'] } as const;
