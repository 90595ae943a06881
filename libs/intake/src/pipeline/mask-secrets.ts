import { type SecretFinding } from '../ports.ts';
import { type Range } from './json-members.ts';
import { type Leaf, leavesOf, type Look, looksOf } from './secret-looks.ts';

interface Mask extends Leaf {
  readonly rule_id: string;
}

export interface MaskedText {
  readonly text: string;
  /** The rule of each place that was masked, in the order of the text. */
  readonly rules: readonly string[];
}

/** The leaves that a span touches, cut to it. */
function leavesIn(leaves: readonly Leaf[], { start, end }: Range): Leaf[] {
  let low = 0;
  for (let high = leaves.length; low < high;) {
    const middle = (low + high) >>> 1;
    if ((leaves[middle] as Leaf).end <= start) low = middle + 1;
    else high = middle;
  }
  const touched: Leaf[] = [];
  for (let leaf = leaves[low]; leaf !== undefined && leaf.start < end; leaf = leaves[(low += 1)]) {
    touched.push({ start: Math.max(start, leaf.start), end: Math.min(end, leaf.end), isKey: leaf.isKey });
  }
  return touched;
}

/** Findings that touch a value mask there only: a key such as `password` is no secret because its value is one. */
function masksOf(look: Look, finding: SecretFinding, leaves: readonly Leaf[]): Mask[] {
  const spans = look.spans(finding);
  const touched = spans.flatMap((span) => leavesIn(leaves, span));
  const values = touched.filter(({ isKey }) => !isKey);
  const places = values.length > 0 ? values : touched;
  // A number, say: a secret is masked even where that breaks the JSON around it.
  const masked = places.length > 0 ? places : spans.map((span): Leaf => ({ ...span, isKey: false }));
  return masked.map((place) => ({ ...place, rule_id: finding.rule_id }));
}

/** Several looks find one secret: what they found of it is one place. */
function merged(masks: readonly Mask[]): Mask[] {
  const result: Mask[] = [];
  for (const mask of [...masks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last && mask.start < last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, mask.end) };
    else result.push(mask);
  }
  return result;
}

/**
 * Keys that are masked alike would be one key: from the second on they are numbered, past what stands in the text
 * already.
 */
function numbersOfKeys(text: string): () => string {
  let last = 0;
  for (const [, number] of text.matchAll(/\[secret:[^\]"\\]{1,100}\](?:_(\d{1,9}))?/g))
    last = Math.max(last, Number(number ?? 1));
  return () => ((last += 1) === 1 ? '' : `_${last}`);
}

/**
 * Masks what was found in the looks of this text (one list each, in their order). JSON stays JSON, and its other bytes
 * stay as they are.
 */
export function maskSecrets(text: string, found: readonly (readonly SecretFinding[])[]): MaskedText {
  const looks = looksOf(text);
  const leaves = leavesOf(text);
  const masks = merged(
    found.flatMap((findings, at) => findings.flatMap((finding) => masksOf(looks[at] as Look, finding, leaves))),
  );
  const numberOfKey = masks.some(({ isKey }) => isKey) ? numbersOfKeys(text) : () => '';
  let result = '';
  let from = 0;
  for (const { start, end, rule_id, isKey } of masks) {
    result += `${text.slice(from, start)}[secret:${rule_id}]${isKey ? numberOfKey() : ''}`;
    from = end;
  }
  return { text: result + text.slice(from), rules: masks.map(({ rule_id }) => rule_id) };
}
