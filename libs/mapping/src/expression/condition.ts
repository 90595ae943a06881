import { isScalar, type JsonValue, scalarText } from '../json-value.ts';
import { compilePath } from './json-path.ts';
import { type Scope } from './scope.ts';

/** A test on what a path matches. Without a test of its own it asks whether something is present. */
export interface ConditionFile {
  readonly path?: string;
  /** In `errors`: a path into the tool's result, whatever its root is called. */
  readonly json_path?: string;
  readonly text_prefix?: string;
  readonly is?: 'present' | 'absent' | 'empty' | 'not_empty' | 'true' | 'false' | boolean;
  readonly equals?: string | number | boolean;
  readonly in?: readonly (string | number | boolean)[];
  readonly prefix?: string;
  readonly contains?: string;
}

export type CompiledCondition = (scope: Scope) => boolean;

/** True when any match passes (`absent` and `empty`: when none is there or all are empty). Throws SyntaxError. */
export function compileCondition(file: ConditionFile, defaultPath?: string): CompiledCondition {
  const text = file.path ?? file.json_path ?? defaultPath;
  if (text === undefined) throw new SyntaxError('a condition needs path: what it looks at');
  const path = compilePath(text);
  if (file.is === 'absent') return (scope) => path.matches(scope).every((value) => value === null);
  if (file.is === 'empty') return (scope) => path.matches(scope).every(isEmpty);
  const test = testOf(file);
  return (scope) => path.matches(scope).some(test);
}

function testOf(file: ConditionFile): (value: JsonValue) => boolean {
  const tests: ((value: JsonValue) => boolean)[] = [];
  const { equals, prefix = file.text_prefix, contains, in: among, is } = file;
  if (equals !== undefined) tests.push((value) => isScalar(value) && scalarText(value) === scalarText(equals));
  if (among !== undefined)
    tests.push((value) => isScalar(value) && among.some((one) => scalarText(one) === scalarText(value)));
  if (prefix !== undefined) tests.push((value) => typeof value === 'string' && value.startsWith(prefix));
  if (contains !== undefined) tests.push((value) => typeof value === 'string' && value.includes(contains));
  if (is === 'not_empty') tests.push((value) => !isEmpty(value));
  if (is === true || is === 'true') tests.push((value) => value === true || value === 'true');
  if (is === false || is === 'false') tests.push((value) => value === false || value === 'false');
  if (tests.length === 0 || is === 'present') tests.push((value) => value !== null);
  return (value) => tests.every((test) => test(value));
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
