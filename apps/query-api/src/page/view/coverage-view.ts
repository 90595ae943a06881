import { type CompletenessAnswer } from '../../questions/completeness-question.ts';
import { millisText, stampText } from './time-text.ts';
import { many, type Tone, words } from './words.ts';

export interface TableCell {
  readonly text: string;
  readonly tone?: Tone;
  readonly code?: boolean;
  readonly href?: string;
}

export interface CoverageTable {
  readonly title: string;
  readonly note: string;
  readonly empty: string;
  readonly columns: readonly { readonly name: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly TableCell[])[];
}

export interface CompletenessPage {
  readonly verdict: string;
  readonly sentence: string;
  readonly range: string;
  readonly figures: readonly { readonly label: string; readonly text: string; readonly tone: Tone }[];
  readonly tables: readonly CoverageTable[];
}

const number = (value: number | null): TableCell => ({ text: value === null ? '' : value.toLocaleString('en') });
const id = (text: string): TableCell => ({ text, code: true });
const stamp = (iso: string | null): TableCell => ({ text: iso === null ? '' : stampText(iso).slice(0, 19) });
const columns = (...names: readonly string[]): CoverageTable['columns'] =>
  names.map((name) => ({ name: name.replace('#', ''), numeric: name.startsWith('#') }));
const gapTones: Readonly<Record<string, Tone>> = {
  missing: 'bad',
  unverified: 'warn',
  arrived: 'good',
  closed: 'quiet',
};

export function coverageView(answer: CompletenessAnswer): CompletenessPage {
  const { totals, range, projected, no_known_gaps } = answer;
  const lag = projected.reduce((sum, topic) => sum + ((topic as { lag?: number | null }).lag ?? 0), 0);
  const figure = (label: string, value: number, bad: Tone): CompletenessPage['figures'][number] => ({
    label,
    text: value.toLocaleString('en'),
    tone: value > 0 ? bad : 'quiet',
  });
  return {
    verdict: no_known_gaps ? 'No known gaps' : 'Known to be incomplete',
    sentence: no_known_gaps
      ? 'Nothing is known to be missing. What was never sent and never numbered nobody can see missing.'
      : `${many(totals.missing_numbers, 'number')} of streams ${totals.missing_numbers === 1 ? 'is' : 'are'} in no ` +
        `record${totals.dead_letters > 0 ? `, and ${many(totals.dead_letters, 'record')} could not be read` : ''}.`,
    range:
      range.from === null && range.to === null
        ? 'All time.'
        : `From ${range.from === null ? 'the beginning' : stampText(range.from)} to ` +
          `${range.to === null ? 'now' : stampText(range.to)} UTC.`,
    figures: [
      { label: 'events', text: totals.events.toLocaleString('en'), tone: 'quiet' },
      figure('numbers missing', totals.missing_numbers, 'bad'),
      figure('dead letters', totals.dead_letters, 'bad'),
      figure('conflicts', totals.conflicts, 'bad'),
      figure('refused', totals.refused, 'warn'),
      figure('late', totals.late, 'warn'),
      figure('duplicates', totals.duplicates, 'info'),
      figure('not observed', totals.unobserved, 'warn'),
      { label: 'records not read yet', text: lag.toLocaleString('en'), tone: lag > 0 ? 'warn' : 'quiet' },
    ],
    tables: [
      gaps(answer),
      unobserved(answer),
      sources(answer),
      streams(answer),
      partitions(answer),
      ...refused(answer),
    ],
  };
}

const gaps = ({ gaps: found }: CompletenessAnswer): CoverageTable => ({
  title: 'Gaps',
  note: 'Declared by a source or a collector, or seen because later numbers of the stream are there.',
  empty: 'None is known.',
  columns: columns('Stream', 'Numbers', 'How it stands', 'Kind', 'Cause', 'Since', 'Closed'),
  rows: found.map(({ stream_id, from_seq, to_seq, status, kind, cause, since, closed_at }) => [
    id(stream_id),
    {
      text:
        from_seq === null
          ? 'not known which'
          : from_seq === to_seq
            ? String(from_seq)
            : `${from_seq} to ${to_seq ?? '?'}`,
    },
    { text: status, tone: gapTones[status] ?? 'quiet' },
    { text: words(kind) },
    { text: words(cause) },
    stamp(since),
    stamp(closed_at),
  ]),
});

const lacks: Readonly<Record<string, string>> = {
  end: 'calls without an end',
  effect: 'writing calls without an effect',
  confirmation: 'effects that their system has not confirmed',
};

/** A page has the path of the answer that it shows. */
const unobserved = ({ unobserved: found }: CompletenessAnswer): CoverageTable => ({
  title: 'What actions lack',
  note: 'Things that were begun, or said to be done, and of which the record does not show what came.',
  empty: 'Of every action of this range what should be on record is.',
  columns: columns('What', 'Told by', 'Where', '#Without', '#Of', 'First', 'Last', 'Newest'),
  rows: found.map(
    ({ expected, system, target_system, unobserved: without, of, first_at, last_at, examples: [newest] }) => [
      { text: lacks[expected] ?? words(expected) },
      id(system),
      id(target_system),
      { ...number(without), tone: 'warn' },
      number(of),
      stamp(first_at),
      stamp(last_at),
      newest === undefined ? { text: '' } : { ...id(newest.id), href: newest.link.path.replace(/^\/v1/, '') },
    ],
  ),
});

const sources = ({ sources: found }: CompletenessAnswer): CoverageTable => ({
  title: 'Sources',
  note: '',
  empty: 'No source has sent anything in this range.',
  columns: columns('Source', '#Events', '#Duplicates', '#Conflicts', '#Late', 'First', 'Last', 'Newest observed'),
  rows: found.map(({ system, events, duplicates, conflicts, late, first_at, last_at, last_observed_at }) => [
    id(system),
    number(events),
    number(duplicates),
    number(conflicts),
    number(late),
    stamp(first_at),
    stamp(last_at),
    stamp(last_observed_at),
  ]),
});

const streams = ({ streams: found }: CompletenessAnswer): CoverageTable => ({
  title: 'Streams',
  note: 'A stream numbers its records, so that a missing one shows.',
  empty: 'None.',
  columns: columns('Stream', '#Highest number', '#Missing', 'How it stands'),
  rows: found.map(({ stream_id, highest_seq, missing }) => [
    id(stream_id),
    number(highest_seq),
    number(missing),
    missing > 0 ? { text: 'incomplete', tone: 'bad' } : { text: 'complete', tone: 'good' },
  ]),
});

const partitions = ({ projected }: CompletenessAnswer): CoverageTable => ({
  title: 'How far the log is read',
  note: '',
  empty: 'Nothing is projected yet.',
  columns: columns('Topic', '#Partition', '#Read up to', '#Behind', 'Newest record'),
  rows: projected.flatMap(({ topic, partitions: own }) =>
    own.map(({ partition, next_offset, lag, last_record_at }) => [
      id(topic),
      number(partition),
      number(next_offset),
      lag === null ? { text: 'not known', tone: 'warn' as const } : number(lag),
      stamp(last_record_at),
    ]),
  ),
});

/** Only where something was refused or could not be read. */
const refused = ({ refused: items, dead_letters }: CompletenessAnswer): readonly CoverageTable[] =>
  (
    [
      ['Refused', items],
      ['Dead letters', dead_letters],
    ] as const
  ).flatMap(([title, list]) => {
    const found = list.map((one): Readonly<Record<string, unknown>> => ({ ...one }));
    const [first] = found;
    if (first === undefined) return [];
    const names = Object.keys(first);
    return [
      {
        title,
        note: '',
        empty: '',
        columns: columns(...names.map((name) => (typeof first[name] === 'number' ? `#${words(name)}` : words(name)))),
        rows: found.map((one) => names.map((name) => ({ text: plainText(name, one[name]) }))),
      },
    ];
  });

function plainText(name: string, value: unknown): string {
  if (typeof value === 'number') return name.endsWith('_ms') ? millisText(value) : value.toLocaleString('en');
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'string' ? (/^\d{4}-\d\d-\d\dT/.test(value) ? stampText(value).slice(0, 19) : value) : '';
}
