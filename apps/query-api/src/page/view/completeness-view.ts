import { type Completeness } from '../../reading/completeness.ts';
import { type Total } from '../../reading/cursor.ts';
import { timeText } from './time-text.ts';
import { words } from './words.ts';

/** The header over every list: how many, of what range, how new, and what is known to be missing. */
export interface CompletenessView {
  readonly total: string;
  readonly range: string;
  readonly projected: string;
  readonly complete: boolean;
  readonly verdict: string;
  readonly problems: readonly string[];
}

const capSentences: Readonly<Record<string, string>> = {
  rows_scanned: 'This page stopped early because of many copies; the next page goes on.',
  bodies_with_words: 'More bodies hold these words than are looked up; add words or a range.',
  rows_exported: 'Cut at the largest number of rows; narrow the range.',
  rows: 'There are more events than are put together here: what is shown is of the first of them.',
  sub_runs: 'There are more sub-runs than are read.',
  depth: 'Steps hang deeper than is shown: the deepest stand side by side.',
  steps: 'There are more steps than are compared.',
  actions: 'There are more actions than are listed: many of them share the same events.',
  bodies_compared: 'There are more arguments and results than are compared.',
  shared_ids: 'It shares its ids with more events than are followed.',
};

/** A bound in words; what is bounded by following links is called after what is linked. */
const capText = (cap: string): string =>
  capSentences[cap] ??
  (cap.startsWith('linked_') ? `More ${words(cap.slice('linked_'.length))} are linked than are followed.` : words(cap));

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

export function completenessView(total: Total, completeness: Completeness): CompletenessView {
  const { gaps, dead_letters, caps, range } = completeness;
  const problems = [
    ...(gaps.count > 0
      ? [
          `${many(gaps.count, 'known gap', 'known gaps')} in the streams shown here: ` +
            `${gaps.listed.slice(0, 3).map(gapText).join('; ')}${gaps.count > 3 ? '; …' : ''}`,
        ]
      : []),
    ...(dead_letters > 0 ? [`${many(dead_letters, 'record', 'records')} could not be projected (dead letters)`] : []),
    ...caps.map(capText),
  ];
  const newest =
    completeness.projected
      .map(({ last_record_at }) => last_record_at ?? '')
      .sort()
      .at(-1) ?? '';
  return {
    total:
      typeof total === 'number'
        ? many(total, 'event', 'events')
        : `more than ${total.at_least.toLocaleString('en')} events`,
    range:
      range.from === null && range.to === null
        ? 'all time'
        : `${range.from === null ? 'the beginning' : stamp(range.from)} to ${range.to === null ? 'now' : stamp(range.to)}`,
    projected: newest === '' ? 'nothing projected yet' : `log read up to ${stamp(newest)}`,
    complete: completeness.no_known_gaps,
    verdict: completeness.no_known_gaps ? 'No known gaps' : 'Known to be incomplete',
    problems,
  };
}

const stamp = (iso: string): string => {
  const { day, clock } = timeText(iso);
  return `${day} ${clock} UTC`;
};

const gapText = ({ stream_id, from_seq, to_seq, kind }: Completeness['gaps']['listed'][number]): string =>
  `${stream_id} ${from_seq ?? '?'}${to_seq === null || to_seq === from_seq ? '' : `–${to_seq}`} (${kind.replaceAll('_', ' ')})`;
