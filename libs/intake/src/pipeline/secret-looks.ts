import { isJsonText, membersOf, type Range } from './json-members.ts';
import { type TextView, unescaped, wholeView } from './text-view.ts';

/** No rule of any scanner matches less: it keeps codes and enum symbols out of the scan. */
export const SHORTEST_SECRET = 8;
/**
 * Escapes within escapes that are looked beneath: a message in JSON holds a tool's arguments as a JSON string, those
 * hold another tool's answer. Every level is shorter than the one around it, so the work is at most this many times the
 * body.
 */
const LEVELS = 4;

/** One text that the scanner reads, and where in the body a finding in it stands. */
export interface Look {
  readonly text: string;
  spans(finding: Range): readonly Range[];
}

/** Where text may be replaced without harm to the JSON around it. */
export interface Leaf extends Range {
  readonly isKey: boolean;
}

const leafOf = ({ text, at }: TextView, isKey: boolean): Leaf => ({ start: at(0), end: at(text.length), isKey });

const viewLook = ({ text, at }: TextView): Look => ({
  text,
  spans: ({ start, end }) => [{ start: at(start), end: at(end) }],
});

/** Key and value are looked at together, since some secrets are known by their key alone. */
function memberLook(key: TextView | null, value: TextView | null): Look {
  if (key === null || value === null) return viewLook(key ?? value ?? wholeView(''));
  const keyEnds = key.text.length;
  const valueStarts = keyEnds + 1;
  return {
    text: `${key.text}=${value.text}`,
    spans({ start, end }) {
      const spans: Range[] = [];
      if (start < keyEnds) spans.push({ start: key.at(start), end: key.at(Math.min(end, keyEnds)) });
      if (end > valueStarts)
        spans.push({ start: value.at(Math.max(start, valueStarts) - valueStarts), end: value.at(end - valueStarts) });
      return spans;
    },
  };
}

function walk(view: TextView, levels: number, visit: (look: Look | null, leaf: Leaf | null) => void): void {
  if (levels > 0 && isJsonText(view.text)) {
    for (const { key, value } of membersOf(view.text)) {
      const keyView = key && unescaped(view, key.start, key.end);
      const valueView = value && unescaped(view, value.start, value.end);
      visit(memberLook(keyView, valueView), keyView && leafOf(keyView, true));
      if (valueView) walk(valueView, levels - 1, visit);
    }
    return;
  }
  visit(null, leafOf(view, false));
  // Text that is no JSON, or no whole one: a log line that quotes JSON, a piece of a long body, a row of NDJSON.
  for (let level = levels, outer = view; level > 0; level -= 1) {
    const inner = unescaped(outer);
    if (inner.text.length === outer.text.length) return;
    visit(viewLook(inner), null);
    outer = inner;
  }
}

/** A body as it is, and as its readers will see it. Pure, so that what a finding means can be asked for again. */
export function looksOf(body: string): Look[] {
  const looks = [viewLook(wholeView(body))];
  walk(wholeView(body), LEVELS, (look) => {
    if (look !== null && look.text.length >= SHORTEST_SECRET) looks.push(look);
  });
  return looks;
}

/** Neither JSON nor with an escape in it: such a text reads as it stands, and that is the only look at it. */
const isPlain = (text: string): boolean => !text.includes('\\') && !/^\s*[{["]/.test(text);

/** The texts of the looks, in their order. */
export const textsOf = (body: string): readonly string[] =>
  isPlain(body) ? [body] : looksOf(body).map(({ text }) => text);

/** In the order of the body; none touches another. */
export function leavesOf(body: string): Leaf[] {
  const leaves: Leaf[] = [];
  walk(wholeView(body), LEVELS, (_look, leaf) => {
    if (leaf !== null && leaf.end > leaf.start) leaves.push(leaf);
  });
  return leaves;
}
