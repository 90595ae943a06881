import { type Coverage, type Part, PARTS } from '../../runs/coverage.ts';
import { type CompletenessView } from './completeness-view.ts';
import { coverageTones, many, partNames, reasonText, type Tone, words } from './words.ts';

export interface CoverageView {
  readonly name: string;
  readonly status: string;
  readonly tone: Tone;
  readonly figure: string;
  readonly reasons: readonly { readonly text: string; readonly href: string }[];
}

export function coverageViews(coverage: Coverage, hrefOf: (eventId: string) => string): readonly CoverageView[] {
  return PARTS.map((part: Part) => {
    const { status, events, expected, reasons } = coverage[part];
    return {
      name: partNames[part],
      status: words(status),
      tone: coverageTones[status],
      figure:
        expected === null
          ? events === 0
            ? ''
            : many(events, 'event')
          : `${many(events, 'event')}, ${expected} expected`,
      reasons: reasons.map(({ code, count, event_ids }) => ({
        text: reasonText(code, count),
        href: event_ids[0] === undefined ? '' : hrefOf(event_ids[0]),
      })),
    };
  });
}

/** Streams without a gap are not yet a whole run: a part that is missing is said at the top, too. */
export function runCompleteness(
  { coverage }: { readonly coverage: readonly CoverageView[] },
  view: CompletenessView,
): CompletenessView {
  const missing = coverage.filter(({ tone }) => tone === 'bad').map(({ name }) => name.toLowerCase());
  return missing.length === 0
    ? view
    : { ...view, complete: false, verdict: `Known to be incomplete: ${missing.join(', ')}` };
}
