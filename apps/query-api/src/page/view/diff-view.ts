import { type DiffBody } from '../../questions/diff-question.ts';
import { type DiffEntry, type DiffSide } from '../../runs/diff.ts';
import { stepPath } from './row-paths.ts';
import { diffPath, runPath } from './run-paths.ts';
import { type ListPart, partOf } from './parts-of-list.ts';
import { millisText, stampText, timeText } from './time-text.ts';
import { kindText, many, sentenceCase, type Tone, toneOf, words } from './words.ts';

export interface DiffCell {
  readonly title: string;
  readonly clock: string;
  readonly href: string;
  readonly failed: boolean;
}

export interface DiffRow {
  readonly anchor: string;
  readonly status: DiffEntry['status'];
  /** Said in a word and a sign, so that colour is not needed. */
  readonly word: string;
  readonly sign: string;
  readonly kind: string;
  readonly first: boolean;
  readonly a: DiffCell | null;
  readonly b: DiffCell | null;
  readonly changes: readonly {
    readonly what: string;
    readonly a: string;
    readonly b: string;
    readonly hidden: boolean;
  }[];
  readonly notes: readonly string[];
}

export interface DiffView {
  readonly sides: readonly {
    readonly id: string;
    readonly href: string;
    readonly status: { readonly text: string; readonly tone: Tone };
    readonly started: string;
    readonly facts: readonly string[];
  }[];
  readonly verdict: string;
  readonly same: boolean;
  readonly first: string | null;
  readonly counts: readonly { readonly text: string; readonly status: DiffEntry['status'] }[];
  readonly rows: ListPart<DiffRow>;
  readonly note: string;
  readonly permalink: string;
  readonly swapped: string;
}

export const DIFF_ROWS = 500;
const signs = {
  matched: ['same', '='],
  changed: ['changed', '≠'],
  inserted: ['only right', '+'],
  removed: ['only left', '−'],
} as const;

export function diffView(body: DiffBody, part: number | null): DiffView {
  const { a, b, entries, summary, first_divergence: first } = body;
  const rows = entries.map((entry, index) => rowOf(entry, index, index === first));
  const counts = (['matched', 'changed', 'removed', 'inserted'] as const)
    .map((status) => ({ status, text: `${summary[status].toLocaleString('en')} ${signs[status][0]}` }))
    .filter((_one, index) => [summary.matched, summary.changed, summary.removed, summary.inserted][index] !== 0);
  // Without a wish it opens where the two part.
  const at = part ?? Math.floor((first ?? 0) / DIFF_ROWS) + 1;
  const parting = first === null ? undefined : rows[first];
  return {
    sides: [a, b].map(({ run_id, status, started_at, duration_ms, models, policies, counts: { events } }) => ({
      id: run_id,
      href: runPath(run_id),
      status: { text: status, tone: toneOf(status) },
      started: stampText(started_at),
      facts: [
        ...(duration_ms === null ? [] : [millisText(duration_ms)]),
        many(events, 'event'),
        ...models.map(({ model }) => model ?? 'a model'),
        ...policies.map(({ policy_set, version }) => `${policy_set ?? ''} ${version ?? ''}`.trim()),
      ],
    })),
    same: first === null,
    verdict:
      parting === undefined
        ? 'The two runs took the same steps with the same outcomes.'
        : `After ${many(first ?? 0, 'equal step')} they part at ${parting.kind.toLowerCase()} ` +
          `${(parting.a ?? parting.b)?.title ?? ''}.`,
    first: parting === undefined ? null : `#${parting.anchor}`,
    counts,
    rows: partOf(rows, at, DIFF_ROWS),
    note: body.content_compared
      ? 'Arguments and results were compared by digest; what they say is not shown here.'
      : `Arguments and results were not compared: ${words(body.content_reason ?? 'not possible')}.`,
    permalink: diffPath(a.run_id, b.run_id),
    swapped: diffPath(b.run_id, a.run_id),
  };
}

const cellOf = (side: DiffSide | null): DiffCell | null =>
  side === null
    ? null
    : {
        title: side.title,
        clock: timeText(side.at).clock,
        href: stepPath(side.event_ids[0] ?? ''),
        failed: side.failed,
      };

function rowOf(entry: DiffEntry, index: number, first: boolean): DiffRow {
  const { status, kind, a, b, changes } = entry;
  const [word, sign] = signs[status];
  const value = (one: string | number | null): string =>
    one === null ? 'none' : typeof one === 'number' ? one.toLocaleString('en') : one;
  const said = (what: 'arguments' | 'result'): string[] => {
    const found = entry[what];
    if (found === null || found.verdict === 'not_recorded' || found.verdict === 'same') return [];
    if (found.verdict === 'not_comparable')
      return found.reason === 'role_may_not_read_content'
        ? []
        : [`${what}: not comparable (${words(found.reason ?? '')})`];
    return changes.some((change) => change.what === what) ? [] : [`${what} differ`];
  };
  return {
    anchor: first ? 'first-divergence' : `d-${index + 1}`,
    status,
    word,
    sign,
    kind: sentenceCase(kindText(kind)),
    first,
    a: cellOf(a),
    b: cellOf(b),
    changes: changes.map((change) => ({
      what: words(change.what),
      a: value(change.a),
      b: value(change.b),
      hidden: change.a === null && change.b === null,
    })),
    notes: status === 'matched' || status === 'changed' ? [...said('arguments'), ...said('result')] : [],
  };
}
