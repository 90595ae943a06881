import { contentScopeOf } from '@affidavit/audit-model';
import { type ContentRole } from '@affidavit/contracts';
import { type RunRow } from './row.ts';

/** What the record keeps of a step's arguments or result, without showing any of it. */
export interface Evidence {
  /** Key under which MACs and content ids were made: those of two keys say nothing about each other. */
  readonly scope: string;
  readonly mac: string | null;
  readonly bodies: readonly { readonly content_id: string; readonly whole: boolean }[];
}

export interface Comparison {
  readonly verdict: 'same' | 'different' | 'not_comparable' | 'not_recorded';
  readonly basis: 'mac' | 'content_id' | 'content' | null;
  /** Why it cannot be said. */
  readonly reason: string | null;
}

export function evidenceOf(
  rows: readonly RunRow[],
  mac: (row: RunRow) => string | undefined,
  role: ContentRole,
): Evidence {
  const refs = rows.flatMap((row) => row.content ?? []).filter((ref) => ref.role === role);
  const [row] = rows;
  return {
    scope: row === undefined ? '' : scopeOf(row),
    mac: rows.map(mac).findLast((found) => found !== undefined) ?? null,
    bodies: refs.map(({ content_id = '', capture, truncated }) => ({
      content_id,
      whole: content_id !== '' && capture === 'full' && truncated !== true,
    })),
  };
}

function scopeOf(row: RunRow): string {
  const { kind, id } = contentScopeOf({
    run_id: row.run_id ?? '',
    root_run_id: row.root_run_id ?? '',
    session_id: row.session_id ?? '',
    stream_id: row.stream_id,
    occurred_at: Date.parse(row.occurred_at) * 1_000,
    source: { system: row.source?.system ?? '' },
  });
  return `${kind} ${id}`;
}

/** SHA-256 of bodies by content id; null when this question may not look at bodies, and why. */
export interface Digests {
  readonly of: ReadonlyMap<string, string> | null;
  readonly why: string;
}

const says = (
  verdict: Comparison['verdict'],
  basis: Comparison['basis'] = null,
  reason: string | null = null,
): Comparison => ({ verdict, basis, reason });

/**
 * Equal MACs mean equal content, whoever made them; unequal ones mean something only under one key, and each run has
 * its own. So content of two runs is compared by the digests of its bodies, where that is allowed and they were kept
 * whole.
 */
export function compareEvidence(a: Evidence, b: Evidence, digests: Digests): Comparison {
  const [recordedA, recordedB] = [isRecorded(a), isRecorded(b)];
  if (!recordedA && !recordedB) return says('not_recorded');
  if (!recordedA || !recordedB) return says('not_comparable', null, 'recorded_in_one_only');
  const oneKey = a.scope === b.scope && a.scope !== '';
  if (a.mac !== null && b.mac !== null && (oneKey || a.mac === b.mac))
    return says(a.mac === b.mac ? 'same' : 'different', 'mac');
  if (a.bodies.length === 0 || b.bodies.length === 0) return says('not_comparable', null, 'keys_differ');
  if (oneKey && idsOf(a) === idsOf(b)) return says('same', 'content_id');
  if (![...a.bodies, ...b.bodies].every(({ whole }) => whole)) return says('not_comparable', null, 'not_kept_whole');
  if (digests.of === null) return oneKey ? says('different', 'content_id') : says('not_comparable', null, digests.why);
  const [digestA, digestB] = [digestOf(a, digests.of), digestOf(b, digests.of)];
  if (digestA === null || digestB === null) return says('not_comparable', null, 'body_not_available');
  return says(digestA === digestB ? 'same' : 'different', 'content');
}

const isRecorded = ({ mac, bodies }: Evidence): boolean => mac !== null || bodies.length > 0;
const idsOf = ({ bodies }: Evidence): string => bodies.map(({ content_id }) => content_id).join(' ');

/** The digests of all bodies; null when one is missing. */
export function digestOf({ bodies }: Evidence, digests: ReadonlyMap<string, string>): string | null {
  const found = bodies.map(({ content_id }) => digests.get(content_id));
  return found.some((digest) => digest === undefined) ? null : found.join(' ');
}
