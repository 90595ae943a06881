import { type Candidate } from '../../identity/candidate.ts';
import { type EntityQuestion } from '../../questions/timeline-question.ts';
import { type RawParameters } from '../../http/parameters.ts';
import { type People, personText } from './people.ts';

export interface Heading {
  /** For the window's title: never a raw id, which would stay in the browser's history. */
  readonly title: string;
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
  readonly found: boolean;
}

const kinds = { case: 'Case', user: 'Person', object: 'Object' } as const;

export function entityTitle(entity: EntityQuestion, found: Candidate | null, people: People): Heading {
  const kind = kinds[entity.kind];
  if (found === null) return { title: `${kind} – timeline`, kind, name: entity.id, detail: '', found: false };
  if (entity.kind === 'user') {
    const person = personText(found.key, people);
    return {
      title: `${kind} – timeline`,
      kind,
      name: person.label,
      detail: [person.detail, person.pseudonym].filter((part) => part !== '' && part !== person.label).join(' · '),
      found: true,
    };
  }
  const { system = '', type = '', id = '' } = found.name;
  const person = personText(id, people);
  return {
    title: `${kind} ${person.pseudonym === '' ? id : ''} – timeline`.replace('  ', ' '),
    kind: entity.kind === 'object' ? `${system} ${type}` : kind,
    name: person.label,
    detail: entity.kind === 'case' ? `in ${system}` : '',
    found: true,
  };
}

/** Forms send every field; what was left empty was not asked. */
export const withoutEmpty = (query: RawParameters): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

/** A path of ours with parameters; what is no text is left out. */
export function withParameters(path: string, parameters: RawParameters): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value])
      .filter((one) => typeof one === 'string')
      .map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
