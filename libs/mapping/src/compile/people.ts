import { type CompiledValue } from '../expression/value.ts';
import { asMany, type PersonFile } from '../file/mapping-file.ts';
import { type CompileContext, runNames } from './compile-context.ts';

export interface CompiledPerson {
  readonly role: string;
  readonly relation: string;
  readonly assurance: string;
  readonly issuer: string | undefined;
  readonly id: CompiledValue;
  readonly displayName: CompiledValue | undefined;
  /** Tools whose successful result names the person; empty for a person whom the record itself names. */
  readonly fromTools: readonly string[];
  readonly as: 'on_behalf_of' | 'link' | 'subject';
}

export function compilePeople(context: CompileContext, people: readonly PersonFile[]): readonly CompiledPerson[] {
  return people.map((person, index) => {
    const place = ['run', 'people', index];
    const fromTools = asMany(person.from_tool);
    const names = fromTools.length === 0 ? runNames : undefined;
    return {
      role: person.role,
      relation: person.relation ?? 'unknown',
      assurance: person.assurance ?? 'asserted',
      issuer: person.issuer,
      id: context.value([...place, 'id'], person.id, names) ?? (() => []),
      displayName: context.value([...place, 'display_name'], person.display_name, names),
      fromTools,
      as: person.as ?? (fromTools.length === 0 ? 'on_behalf_of' : 'link'),
    };
  });
}
