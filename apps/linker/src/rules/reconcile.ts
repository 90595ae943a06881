import { type DesiredLink, type End, type Finding } from './rule.ts';

/** A statement about a link of a rule, as the tables have it, in log order; copies of one event included. */
export interface Statement {
  readonly link_id: string;
  readonly event_key: string;
  readonly asserted: boolean;
  readonly basis: string;
  readonly rule_id: string;
}

export type LinkEvent = { readonly status: 'assert'; readonly link: DesiredLink } | { readonly status: 'retract' };

/** What to say: with an id made of what it says, so that saying it twice is one event. */
export interface ToSay {
  readonly tenant_id: string;
  readonly event_id: string;
  readonly link_id: string;
  readonly rule_id: string;
  readonly what: LinkEvent;
}

/** MUST be the same for the same text, and differ for others. */
export type Digest = (text: string) => string;

const endText = ({ kind, id }: End): string => `${kind}\u0000${id}`;

/** The same rule, the same ends: the same link. */
export const linkIdOf = (digest: Digest, { tenant_id, rule_id }: Finding, { kind, from, to }: DesiredLink): string =>
  `rule_${digest([tenant_id, rule_id, kind, endText(from), endText(to)].join('\u0001')).slice(0, 32)}`;

interface Known {
  readonly statements: number;
  readonly asserted: boolean;
  readonly basis: string;
  readonly rule_id: string;
}

/** Of each link what was said last; of copies of one event the first counts. */
export function foldStatements(statements: readonly Statement[]): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  const seen = new Set<string>();
  for (const { link_id, event_key, asserted, basis, rule_id } of statements) {
    if (seen.has(`${link_id}\u0000${event_key}`)) continue;
    seen.add(`${link_id}\u0000${event_key}`);
    const before = known.get(link_id);
    known.set(link_id, {
      statements: (before?.statements ?? 0) + 1,
      asserted,
      basis,
      rule_id: before?.rule_id || rule_id,
    });
  }
  return known;
}

/**
 * The difference between what a rule finds and what was said by it so far about the same subject. A link that a person
 * took back stays so: rules do not argue.
 */
export function reconcile(digest: Digest, finding: Finding, said: readonly Statement[]): readonly ToSay[] {
  const known = foldStatements(said);
  const { tenant_id, rule_id, link } = finding;
  const wanted = link === null ? null : linkIdOf(digest, finding, link);
  const say = (link_id: string, what: LinkEvent): ToSay => ({
    tenant_id,
    rule_id,
    link_id,
    what,
    event_id: `${link_id}/${known.get(link_id)?.statements ?? 0}`,
  });
  const retractions = [...known]
    .filter(([id, of]) => id !== wanted && of.asserted && of.rule_id === rule_id)
    .map(([id]) => say(id, { status: 'retract' }));
  if (wanted === null || link === null) return retractions;
  const standing = known.get(wanted);
  const silent = standing !== undefined && (standing.asserted || standing.basis === 'person');
  return silent ? retractions : [...retractions, say(wanted, { status: 'assert', link })];
}
