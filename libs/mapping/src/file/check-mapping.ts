import { Ajv, type ErrorObject } from 'ajv';
import { type JsonValue, member } from '../json-value.ts';
import { MappingError } from '../mapping-error.ts';
import { type MappingFile } from './mapping-file.ts';
import { mappingSchema } from './mapping-schema.ts';
import { type YamlSource } from './read-yaml.ts';

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
});
const validate = ajv.compile<MappingFile>(mappingSchema);

/** Errors that only say that a branch of an alternative failed: the branches' own errors say more. */
const WRAPPERS = new Set(['anyOf', 'oneOf', 'if']);

/** Checks the shape of a mapping file. Throws MappingError `mapping_invalid` with every problem and its line. */
export function checkMapping(source: YamlSource): MappingFile {
  const input = member(member(source.data, 'mapping'), 'input');
  if (typeof input === 'string' && input !== 'openai-messages') {
    throw new MappingError('mapping_invalid', [
      source.problemAt(['mapping', 'input'], `input "${input}" is not read here; write openai-messages`),
    ]);
  }
  if (validate(source.data)) return source.data;
  const errors = (validate.errors ?? []).filter((error) => !WRAPPERS.has(error.keyword));
  const problems = errors.map((error) => source.problemAt(pathOf(source.data, error), sentenceFor(error)));
  throw new MappingError(
    'mapping_invalid',
    problems.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, 20),
  );
}

function pathOf(data: JsonValue, error: ErrorObject): (string | number)[] {
  const path: (string | number)[] = [];
  let at: unknown = data;
  for (const raw of error.instancePath.split('/').slice(1)) {
    const part = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(part) : part);
    at = Array.isArray(at) ? (at as unknown[])[Number(part)] : member(at, part);
  }
  const extra: unknown = (error.params as Record<string, unknown>).additionalProperty;
  return typeof extra === 'string' ? [...path, extra] : path;
}

function sentenceFor(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return (
        `unknown key; known here: ` +
        `${Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {}).join(', ') || 'see the README of libs/mapping'}`
      );
    case 'required':
      return `needs ${String(params.missingProperty)}`;
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'type':
      return `must be ${Array.isArray(params.type) ? params.type.join(' or ') : String(params.type)}`;
    case 'pattern':
      return String(params.pattern) === '^\\$'
        ? 'must be a path that starts with $'
        : `must match ${String(params.pattern)}`;
    default:
      return error.message ?? error.keyword;
  }
}
