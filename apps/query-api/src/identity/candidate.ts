/** One thing that a pasted id can mean. */
export interface Candidate {
  /** The tables' own key: system and id of a case, system, type and id of an object, the pseudonym of a person. */
  readonly key: string;
  /** How to name it so that it means only this one: parameters of the route. */
  readonly name: Readonly<Record<string, string>>;
  /** Records that carry it, copies included. */
  readonly records: number;
}

/** What an id stands for, with what the tenant has. */
export type Resolution =
  | { readonly status: 'absent' }
  | { readonly status: 'found'; readonly candidate: Candidate }
  | { readonly status: 'ambiguous'; readonly candidates: readonly Candidate[] };

export function resolutionOf(candidates: readonly Candidate[]): Resolution {
  const [only, ...more] = candidates;
  if (only === undefined) return { status: 'absent' };
  return more.length === 0 ? { status: 'found', candidate: only } : { status: 'ambiguous', candidates };
}

/** Of an ambiguous id, at most so many are listed. */
export const MAX_CANDIDATES = 100;

/** The parts of a key, as the SQL function audit_key_part wrote them. */
export const keyPart = (part: string): string => part.replaceAll('%3A', ':').replaceAll('%25', '%');

export function caseName(key: string): { system: string; id: string } {
  const at = key.indexOf(':');
  return { system: keyPart(key.slice(0, at)), id: key.slice(at + 1) };
}

export function objectName(key: string): { system: string; type: string; id: string } {
  const first = key.indexOf(':');
  const second = key.indexOf(':', first + 1);
  return {
    system: keyPart(key.slice(0, first)),
    type: keyPart(key.slice(first + 1, second)),
    id: key.slice(second + 1),
  };
}

/** Every way to read `prefix:id`, since both may hold colons. Bounded: nobody's system has more than a few. */
export function splits(text: string): readonly { readonly prefix: string; readonly id: string }[] {
  const found: { prefix: string; id: string }[] = [];
  for (let at = text.indexOf(':'); at >= 0 && found.length < 8; at = text.indexOf(':', at + 1)) {
    if (at > 0 && at < text.length - 1) found.push({ prefix: text.slice(0, at), id: text.slice(at + 1) });
  }
  return found;
}
