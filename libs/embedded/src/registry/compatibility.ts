import avro from 'avsc';
import type { CompatibilityLevel } from './records.ts';
import { invalidSchema } from './registry-error.ts';

/** One form for texts that differ in blanks only, as Confluent keeps them; throws invalidSchema. */
export function canonicalText(text: string): string {
  try {
    const parsed = JSON.parse(text) as avro.Schema;
    avro.Type.forSchema(parsed);
    return JSON.stringify(parsed);
  } catch (error) {
    throw invalidSchema((error as Error).message);
  }
}

const typeOf = (text: string): avro.Type => avro.Type.forSchema(JSON.parse(text) as avro.Schema);

/** Why `reader` cannot read what was written under `writer`; undefined when it can. */
function cannotRead(reader: string, writer: string): string | undefined {
  try {
    typeOf(reader).createResolver(typeOf(writer));
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

/** `earlier` is in order of version. A level without TRANSITIVE looks at the last one only. */
export function incompatibilities(
  next: string,
  earlier: readonly { version: number; schema: string }[],
  level: CompatibilityLevel,
): string[] {
  if (level === 'NONE') return [];
  const against = level.endsWith('_TRANSITIVE') ? earlier : earlier.slice(-1);
  const backward = level.startsWith('BACKWARD') || level.startsWith('FULL');
  const forward = level.startsWith('FORWARD') || level.startsWith('FULL');
  return against.flatMap(({ version, schema }) => {
    const reasons = [
      backward ? { who: `the new schema cannot read version ${version}`, why: cannotRead(next, schema) } : undefined,
      forward ? { who: `version ${version} cannot read the new schema`, why: cannotRead(schema, next) } : undefined,
    ];
    return reasons.flatMap((reason) => (reason?.why === undefined ? [] : [`${reason.who}: ${reason.why}`]));
  });
}
