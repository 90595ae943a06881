/** Any JSON value. Integers that JavaScript would round arrive as strings: see `parseJson`. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own member only: a transcript's key named `constructor` or `__proto__` must not reach the prototype. */
export function member(value: unknown, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export type Scalar = string | number | boolean;

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The text of an id as written: numbers and booleans in their JSON form. */
export function scalarText(value: Scalar): string {
  return typeof value === 'string' ? value : String(value);
}
