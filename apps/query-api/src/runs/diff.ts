import { align, type AlignKey, type Pair, type Pause } from './align.ts';
import { type DiffStep } from './diff-steps.ts';
import { compareEvidence, type Comparison, digestOf, type Digests } from './evidence.ts';
import { type NodeKind } from './kinds.ts';

export interface DiffSide {
  readonly title: string;
  readonly run_id: string;
  readonly at: string;
  readonly event_ids: readonly string[];
  readonly facts: DiffStep['facts'];
  readonly failed: boolean;
}

export interface DiffEntry {
  readonly status: 'matched' | 'changed' | 'inserted' | 'removed';
  readonly kind: NodeKind;
  readonly name: string;
  readonly a: DiffSide | null;
  readonly b: DiffSide | null;
  /** What differs, by name of the fact; `arguments` and `result` without values, which are content. */
  readonly changes: readonly {
    readonly what: string;
    readonly a: string | number | null;
    readonly b: string | number | null;
  }[];
  readonly arguments: Comparison | null;
  readonly result: Comparison | null;
}

export interface Diff {
  readonly entries: readonly DiffEntry[];
  readonly summary: Readonly<Record<DiffEntry['status'], number>>;
  /** Index of the first entry that is not matched; null when nothing differs. */
  readonly first_divergence: number | null;
  /** Index of the first entry whose step failed, timed out or was denied, in each run. */
  readonly first_failure: { readonly a: number | null; readonly b: number | null };
}

/** Holds two runs side by side. Removed is in `a` only, inserted in `b` only. */
export async function diffOf(
  a: readonly DiffStep[],
  b: readonly DiffStep[],
  digests: Digests,
  pause: Pause,
): Promise<Diff> {
  const numbers = new Numbers();
  const keysA = a.map((step) => keyOf(step, digests, numbers));
  const keysB = b.map((step) => keyOf(step, digests, numbers));
  const pairs = await align(keysA, keysB, pause);
  const entries = pairs.map((pair) => entryOf(pair, a, b, digests));
  const summary = { matched: 0, changed: 0, inserted: 0, removed: 0 };
  for (const { status } of entries) summary[status] += 1;
  return {
    entries,
    summary,
    first_divergence: indexOf(entries, ({ status }) => status !== 'matched'),
    first_failure: {
      a: indexOf(entries, (entry) => entry.a?.failed === true),
      b: indexOf(entries, (entry) => entry.b?.failed === true),
    },
  };
}

function indexOf(entries: readonly DiffEntry[], which: (entry: DiffEntry) => boolean): number | null {
  const index = entries.findIndex(which);
  return index < 0 ? null : index;
}

/** Numbers for texts, so that a million comparisons compare numbers. */
class Numbers {
  readonly #known = new Map<string, number>();

  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.#known.size + 1);
    return this.#known.size;
  }
}

function keyOf(step: DiffStep, digests: Digests, numbers: Numbers): AlignKey {
  const { bodies, mac } = step.arguments;
  const digest = digests.of === null || bodies.length === 0 ? null : digestOf(step.arguments, digests.of);
  const content = digest ?? mac;
  return {
    key: numbers.of(`key ${step.kind} ${step.name}`),
    facts: numbers.of(`facts ${JSON.stringify(step.facts)}`),
    content: content === null ? 0 : numbers.of(`content ${content}`),
  };
}

function entryOf(pair: Pair, a: readonly DiffStep[], b: readonly DiffStep[], digests: Digests): DiffEntry {
  const stepA = pair.a === null ? undefined : a[pair.a];
  const stepB = pair.b === null ? undefined : b[pair.b];
  const { kind, name } = (stepA ?? stepB) as DiffStep;
  const sides = {
    kind,
    name,
    a: stepA === undefined ? null : sideOf(stepA),
    b: stepB === undefined ? null : sideOf(stepB),
  };
  if (stepA === undefined || stepB === undefined)
    return {
      status: stepA === undefined ? 'inserted' : 'removed',
      ...sides,
      changes: [],
      arguments: null,
      result: null,
    };
  const args = compareEvidence(stepA.arguments, stepB.arguments, digests);
  const result = compareEvidence(stepA.result, stepB.result, digests);
  const said = [
    ...(args.verdict === 'different' ? ['arguments'] : []),
    ...(result.verdict === 'different' ? ['result'] : []),
  ];
  // A model's words differ from run to run: that is told, and is no divergence. What it decided shows in what follows.
  const changes = [
    ...factChanges(stepA, stepB),
    ...(kind === 'tool_call' ? said.map((what) => ({ what, a: null, b: null })) : []),
  ];
  return { status: changes.length === 0 ? 'matched' : 'changed', ...sides, changes, arguments: args, result };
}

const sideOf = ({ title, run_id, at, event_ids, facts, failed }: DiffStep): DiffSide => ({
  title,
  run_id,
  at,
  event_ids,
  facts,
  failed,
});

function factChanges(a: DiffStep, b: DiffStep): DiffEntry['changes'] {
  const names = [...new Set([...Object.keys(a.facts), ...Object.keys(b.facts)])];
  return names
    .filter((what) => a.facts[what] !== b.facts[what])
    .map((what) => ({ what, a: a.facts[what] ?? null, b: b.facts[what] ?? null }));
}
