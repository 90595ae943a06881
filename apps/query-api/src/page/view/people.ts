import { isPseudonym } from '@affidavit/audit-model';
import { type Directory, type Person } from '../../content/directory.ts';
import { type NestedRow } from '../../reading/row-shape.ts';

/** Somebody as a page shows them. */
export interface PersonText {
  /** Name or raw id for those who may see it, else a short form of the pseudonym. */
  readonly label: string;
  /** Beside the label: raw id when there is a name. */
  readonly detail: string;
  /** The pseudonym, empty for agents and services. */
  readonly pseudonym: string;
}

/** First and last characters: enough to tell people of one page apart. */
export const shortPseudonym = (pseudonym: string): string => `${pseudonym.slice(0, 8)}…${pseudonym.slice(-4)}`;

export type People = ReadonlyMap<string, Person>;

export function personText(id: string, people: People): PersonText {
  if (!isPseudonym(id)) return { label: id, detail: '', pseudonym: '' };
  const person = people.get(id);
  if (person === undefined || (person.raw_id === '' && person.display_name === ''))
    return { label: shortPseudonym(id), detail: '', pseudonym: id };
  return person.display_name === ''
    ? { label: person.raw_id, detail: '', pseudonym: id }
    : { label: person.display_name, detail: person.raw_id, pseudonym: id };
}

/** Every pseudonym in a value, wherever it stands. */
export function pseudonymsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string' && isPseudonym(value)) found.add(value);
  else if (Array.isArray(value)) for (const item of value) pseudonymsIn(item, found);
  else if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) pseudonymsIn(member, found);
  return found;
}

/** Joins names at read time for who may see them. Without the directory a page still stands, with pseudonyms. */
export async function namesFor(
  directory: Directory,
  tenantId: string,
  maySee: boolean,
  rows: readonly NestedRow[],
  more: readonly string[] = [],
): Promise<People> {
  const pseudonyms = [...pseudonymsIn([...rows, ...more])];
  if (!maySee || pseudonyms.length === 0) return new Map();
  return directory.people(tenantId, pseudonyms).catch(() => new Map());
}
