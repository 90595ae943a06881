import { type CompiledCondition } from '../expression/condition.ts';
import { type CompiledValue } from '../expression/value.ts';
import { type ErrorRuleFile } from '../file/mapping-file.ts';
import { type CompileContext, type Place } from './compile-context.ts';

/** A condition under which a tool's result is a failure. */
export interface CompiledErrorRule {
  readonly test: CompiledCondition;
  readonly code: CompiledValue | undefined;
  readonly status: string;
}

/** `text_prefix` looks at the result as text, `json_path` into the result as JSON, `path` at any root. */
export function compileErrorRules(
  context: CompileContext,
  place: Place,
  rules: readonly ErrorRuleFile[],
): readonly CompiledErrorRule[] {
  return rules.map((rule, index) => {
    const at = [...place, index];
    const inResult =
      rule.json_path === undefined ? undefined : rule.json_path.replace(/^\$(result)?(?=$|[.[])/, '$$result');
    const looked = inResult === undefined ? rule : { ...rule, json_path: inResult };
    return {
      test: context.condition(at, looked, rule.text_prefix === undefined ? '$result' : '$result_text'),
      code: context.value([...at, 'code'], rule.code),
      status: rule.status ?? 'failure',
    };
  });
}
