import { badArguments } from './door-error.ts';

/** A string literal that the engine reads back exactly, whatever is in it. */
export function literal(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** The name of a setting, parameter or database as it may stand in a statement of ours. */
export function plainName(name: string, what: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw badArguments(`${JSON.stringify(name.slice(0, 60))} is not a name for a ${what}.`);
  return name;
}

/** `SET a = '1', b = '2'`; undefined for nothing to set. */
export function setStatement(settings: ReadonlyMap<string, string>): string | undefined {
  if (settings.size === 0) return undefined;
  return `SET ${[...settings].map(([name, value]) => `${plainName(name, 'setting')} = ${literal(value)}`).join(', ')}`;
}
