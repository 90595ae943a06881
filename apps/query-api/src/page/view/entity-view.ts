import { type EntityAnswer, type EntityKind } from '../../questions/entity-question.ts';
import { eventPath } from '../../questions/links.ts';
import { entitySummary } from './entity-summary.ts';
import {
  isEmpty,
  isLine,
  isObject,
  isObjects,
  joined,
  type Json,
  MAX_PIECES,
  TIME,
  type Value,
  valueOf,
} from './entity-value.ts';
import { type People } from './people.ts';
import { type Piece, type Sentence } from './pieces.ts';
import { stampText } from './time-text.ts';
import { sentenceCase, type Tone, toneOf, words } from './words.ts';

export interface SectionRow {
  readonly label: string;
  readonly value: Value;
}

/** What is said of one thing: at once, and below it for who wants to know all. */
export interface Rows {
  readonly rows: readonly SectionRow[];
  readonly deeper: readonly SectionRow[];
}

export interface Section extends Rows {
  readonly title: string;
  /** Things of one kind, one under the other. */
  readonly items: readonly (Rows & { readonly title: Value | null })[];
  readonly more: number;
}

export interface EntityView {
  readonly kind: string;
  readonly id: string;
  readonly status: { readonly text: string; readonly tone: Tone } | null;
  readonly summary: readonly Sentence[];
  readonly sections: readonly Section[];
}

const MAX_ITEMS = 50;

/**
 * Whatever an answer about one thing says, as sections, so that nothing of it is left out; what matters most is told
 * first in words.
 */
export function entityView(kind: EntityKind, id: string, answer: EntityAnswer, people: People): EntityView {
  const { events: _events, as_of: _asOf, completeness: _completeness, [kind]: named, ...others } = answer;
  const { event_ids: _ids, belongs_to = others['belongs_to'], ...own } = named as Json;
  const status = typeof own['status'] === 'string' ? own['status'] : null;
  const sections = [
    sectionOf(sentenceCase(kind), scalarsOf(own), people),
    ...sectionsOf({ ...structuresOf(own), ...without(others, 'belongs_to') }, people),
    ...(isObject(belongs_to) ? [sectionOf('Belongs to', belongs_to, people)] : []),
  ];
  return {
    kind,
    id,
    status: status === null ? null : { text: words(status), tone: toneOf(status) },
    summary: entitySummary(kind, answer, people),
    sections: sections.filter(({ rows, items }) => rows.length + items.length > 0),
  };
}

const without = (value: Json, left: string): Json =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== left));
const scalarsOf = (value: Json): Json => Object.fromEntries(Object.entries(value).filter(([, one]) => isLine(one)));
const structuresOf = (value: Json): Json => Object.fromEntries(Object.entries(value).filter(([, one]) => !isLine(one)));

function sectionsOf(value: Json, people: People): readonly Section[] {
  const alone = scalarsOf(value);
  const together = Object.keys(alone).length === 0 ? [] : [sectionOf('Verdict', alone, people)];
  return [
    ...together,
    ...Object.entries(structuresOf(value)).map(([name, one]) =>
      isObjects(one) ? listSection(name, one, people) : sectionOf(sentenceCase(words(name)), one as Json, people),
    ),
  ];
}

const sectionOf = (title: string, value: Json, people: People): Section => ({
  title,
  ...rowsOf(value, people, 1),
  items: [],
  more: 0,
});

/** An object as rows; what is nested gets labels with commas, and what is nested deeper than `level` stands below. */
function rowsOf(value: Json, people: People, level: number): Rows {
  const rows: SectionRow[] = [];
  const deeper: SectionRow[] = [];
  const walk = (object: Json, parents: readonly string[]): void => {
    for (const [name, one] of Object.entries(object)) {
      if (isEmpty(one) || (one === 'unknown' && !said.has(name))) continue;
      const own = words(name).replace(/ (id|at|ids|ms)$/, '');
      const parent = parents.at(-1) ?? '';
      // `policy, policy version` says policy once.
      const names =
        parent !== '' && (own === parent || own.startsWith(`${parent} `))
          ? [...parents.slice(0, -1), own]
          : [...parents, own];
      const say = (row: Omit<SectionRow, 'label'>, label = names.join(', ')): unknown =>
        (parents.length > level ? deeper : rows).push({ label, ...row });
      if (isLine(one)) say({ value: valueOf(name, one, people) });
      else if (isObject(one)) {
        if ('status' in one && 'event_ids' in one) say({ value: statusValue(one) });
        else walk(one, names);
      } else
        (one as readonly Json[])
          .slice(0, MAX_PIECES)
          .forEach((each, index) =>
            say({ value: { pieces: inlinePieces(each, people), tone: '' } }, index === 0 ? names.join(', ') : ''),
          );
    }
  };
  walk(value, []);
  return { rows, deeper };
}

function listSection(name: string, list: readonly Json[], people: People): Section {
  const items = list.slice(0, MAX_ITEMS).map((one) => {
    const [key, named] =
      Object.entries(one).find(([field, text]) => typeof text === 'string' && titleFields.has(field) && text !== '') ??
      [];
    const rest = Object.fromEntries(
      Object.entries(one).filter(([field]) => field !== key && !(name === 'links' && ofFollowing.has(field))),
    );
    const title =
      key === undefined
        ? null
        : key === 'version'
          ? { tone: '' as const, pieces: [{ text: `Version ${named as string}` }] }
          : valueOf(key, named, people);
    return { title, ...rowsOf(rest, people, 0) };
  });
  return { title: sentenceCase(words(name)), rows: [], deeper: [], items, more: list.length - items.length };
}

/** How links were followed, which says nothing of what they link. */
const ofFollowing: ReadonlySet<string> = new Set(['known', 'forward', 'near', 'far', 'rank']);

/** Of these `unknown` says something. */
const said: ReadonlySet<string> = new Set(['status', 'permitted', 'in_force', 'compared_before_choosing']);
const titleFields: ReadonlySet<string> = new Set([
  'call_id',
  'artifact_id',
  'grant_id',
  'policy_id',
  'provider',
  'turn_id',
  'version',
  'kind',
  'comparison_id',
  'policy_set',
  'item_id',
]);

/** A part of a chain: how it stands, why, when, and its events. */
function statusValue({ status, reasons, at, event_ids }: Json): Value {
  const why =
    Array.isArray(reasons) && reasons.length > 0
      ? [{ text: ` ${reasons.map((one) => words(String(one))).join(', ')}` }]
      : [];
  return {
    tone: toneOf(String(status)),
    pieces: [
      { text: words(String(status)) },
      ...why,
      ...(typeof at === 'string' ? [{ text: ` ${stampText(at)}` }] : []),
      ...eventPieces(event_ids),
    ],
  };
}

const eventPieces = (ids: unknown): readonly Piece[] =>
  Array.isArray(ids) && ids.length > 0
    ? [
        { text: ' ' },
        ...joined((ids as string[]).slice(0, MAX_PIECES).map((id) => ({ text: id, href: eventPath(id), code: true }))),
        ...(ids.length > MAX_PIECES ? [{ text: ` and ${ids.length - MAX_PIECES} more` }] : []),
      ]
    : [];

/** What does not say by itself what it is. */
const needsName = (value: unknown): boolean =>
  typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && TIME.test(value));

function inlinePieces(value: Json, people: People): Sentence {
  const told = Object.entries(value).filter(([name, one]) => !isEmpty(one) && isLine(one) && name !== 'event_ids');
  return told.flatMap(([name, one], index): Piece[] => [
    ...(index === 0 ? [] : [{ text: ' · ' }]),
    ...(needsName(one) ? [{ text: `${words(name).replace(/ at$/, '')} ` }] : []),
    ...valueOf(name, one, people).pieces,
  ]);
}
