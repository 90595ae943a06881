import { parseTime } from '@affidavit/audit-model';
import { eventPath, timelinePath, eventRef } from '../../questions/links.ts';
import { type NestedRow } from '../../reading/row-shape.ts';
import { laneOf } from '../../runs/lanes.ts';
import { asRunRows, type RunRow } from '../../runs/row.ts';
import { describeRow, type Fact, sectionOf, textIn } from './describe-row.ts';
import { type GapText, gapTextOf } from './gap-row.ts';
import { type LaneLook, LaneLooks } from './lane-looks.ts';
import { type People, personText, type PersonText } from './people.ts';
import { contextPath } from './row-paths.ts';
import { elapsedText, timeText, type TimeText } from './time-text.ts';

export interface LinkText {
  readonly text: string;
  readonly detail: string;
  readonly href: string;
}

export interface Badge {
  readonly text: string;
  readonly tone: 'bad' | 'warn' | 'info';
  readonly title: string;
}

export interface RowView {
  readonly id: string;
  readonly href: string;
  /** What happened around it. */
  readonly around: string;
  readonly time: TimeText;
  /** Whether the day differs from the row's before: it is then shown. */
  readonly newDay: boolean;
  readonly elapsed: string;
  /** More than a minute since the row before: a pause worth seeing. */
  readonly pause: boolean;
  readonly title: string;
  readonly group: string;
  readonly lane: LaneLook;
  /** A missing range stands as a row of its own; then only this and the time say something. */
  readonly gap: GapText | null;
  readonly facts: readonly Fact[];
  readonly actor: PersonText & { readonly type: string };
  readonly behalf: readonly PersonText[];
  readonly roles: readonly string[];
  readonly objects: readonly LinkText[];
  readonly cases: readonly LinkText[];
  readonly outcome: { readonly text: string; readonly code: string; readonly tone: string };
  readonly badges: readonly Badge[];
}

const refsOf = (row: NestedRow, name: string): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(row[name]) ? (row[name] as Readonly<Record<string, unknown>>[]) : [];

const PAUSE_US = 60_000_000;

/** The rows of a page, each beside the one before it. `looks` collects the lanes that they are in. */
export function rowViews(
  rows: readonly NestedRow[] | readonly RunRow[],
  people: People,
  looks = new LaneLooks(),
): readonly RowView[] {
  let before: { micros: number; day: string } | null = null;
  return (rows as readonly NestedRow[]).map((row) => {
    const iso = String(row['occurred_at']);
    const micros = parseTime(iso)?.micros ?? 0;
    const time = timeText(iso);
    const gap = before === null ? 0 : micros - before.micros;
    const view = rowView(row, people, looks, {
      time,
      newDay: before?.day !== time.day,
      elapsed: before === null ? '' : elapsedText(gap),
      pause: gap > PAUSE_US,
    });
    before = { micros, day: time.day };
    return view;
  });
}

function rowView(
  row: NestedRow,
  people: People,
  looks: LaneLooks,
  place: Pick<RowView, 'time' | 'newDay' | 'elapsed' | 'pause'>,
): RowView {
  const actor = sectionOf(row, 'actor');
  const gap = gapTextOf(row);
  return {
    ...place,
    ...describeRow(row),
    lane:
      gap === null
        ? looks.of(laneOf(asRunRows([row])[0] as RunRow))
        : { id: 'gap', label: 'missing', kind: '', look: 'lane-none' },
    gap,
    id: String(row['event_id']),
    href: eventPath(eventRef(row)),
    around: contextPath(eventRef(row)),
    actor: { ...personText(textIn(actor, 'id'), people), type: textIn(actor, 'type') },
    // Who acts for themselves is named once; the event's own page names both.
    behalf: refsOf(row, 'on_behalf_of')
      .map((principal) => textIn(principal, 'id'))
      .filter((id) => id !== textIn(actor, 'id'))
      .map((id) => personText(id, people)),
    roles: Array.isArray(row['roles']) ? (row['roles'] as string[]).map((role) => role.replaceAll('_', ' ')) : [],
    objects: objectLinks(row, people),
    cases: caseLinks(row),
    outcome: outcomeOf(row),
    badges: badgesOf(row),
  };
}

export function objectLinks(row: NestedRow, people: People): readonly LinkText[] {
  return refsOf(row, 'object_refs').map((ref) => {
    const [system, type, id] = [textIn(ref, 'system'), textIn(ref, 'type'), textIn(ref, 'id')];
    const person = personText(id, people);
    const detail = [`${system} ${type}`, textIn(ref, 'role')].filter((part) => part !== '').join(', ');
    return { text: person.label, detail, href: timelinePath('object', { system, type, id }) };
  });
}

export const caseLinks = (row: NestedRow): readonly LinkText[] =>
  refsOf(row, 'case_refs').map((ref) => {
    const [system, type, id] = [textIn(ref, 'system'), textIn(ref, 'type'), textIn(ref, 'id')];
    return { text: id, detail: `${system} ${type}`.trim(), href: timelinePath('case', { system, id }) };
  });

const tones: Readonly<Record<string, string>> = {
  success: 'good',
  failure: 'bad',
  timeout: 'bad',
  denied: 'warn',
  escalated: 'warn',
  cancelled: 'quiet',
  partial: 'warn',
};

export function outcomeOf(row: NestedRow): RowView['outcome'] {
  const outcome = sectionOf(row, 'outcome');
  const status = textIn(outcome, 'status');
  return { text: status, code: textIn(outcome, 'code') || textIn(outcome, 'reason'), tone: tones[status] ?? 'quiet' };
}

export function badgesOf(row: NestedRow): readonly Badge[] {
  const duplicates = Number(row['duplicates'] ?? 0);
  const links = Array.isArray(row['via']) ? (row['via'] as string[]) : [];
  const badges: (Badge | false)[] = [
    row['contradicts'] !== undefined && {
      text: 'contradicts an event',
      tone: 'bad',
      title: 'The same connector had said something else under this event id: this record is in no count',
    },
    row['conflict'] === true &&
      row['contradicts'] === undefined && {
        text: 'conflict',
        tone: 'bad',
        title: 'The same connector said something else under this event id later: see the rows that contradict it',
      },
    row['order_uncertain'] === true && {
      text: 'order uncertain',
      tone: 'warn',
      title: 'Assigned or coarse times, or a cause that stands later, leave its place open',
    },
    row['ahead'] === true && {
      text: 'clock ahead',
      tone: 'warn',
      title: 'Its source dated it more than ten minutes after it was observed: its place is not certain',
    },
    row['late'] === true && { text: 'late', tone: 'warn', title: 'Observed more than five minutes after it occurred' },
    duplicates > 0 && {
      text: duplicates === 1 ? '1 duplicate' : `${duplicates} duplicates`,
      tone: 'info',
      title: 'Further records under this event id',
    },
    links.length > 0 && viaBadge(links),
    row['time_basis'] === 'assigned' && { text: 'assigned time', tone: 'info', title: 'The source gave no time' },
  ];
  return badges.filter((badge) => badge !== false);
}

export const viaBadge = (links: readonly string[]): Badge => ({
  text: 'via link',
  tone: 'info',
  title: `Here by ${links.length === 1 ? 'a link' : 'links'}, not by its own record: ${links.join(', ')}`,
});

/** The runs that rows belong to, in order. */
export const runLinks = (rows: readonly NestedRow[]): readonly LinkText[] =>
  [...new Set(rows.flatMap((row) => (typeof row['run_id'] === 'string' ? [row['run_id']] : [])))].map((run) => ({
    text: run,
    detail: '',
    href: `/runs/-?id=${encodeURIComponent(run)}`,
  }));
