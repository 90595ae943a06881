import { isPseudonym } from '@affidavit/audit-model';
import { type EntityAnswer, type EntityKind } from '../../questions/entity-question.ts';
import { eventPath, timelinePath } from '../../questions/links.ts';
import { amountText, textIn } from './describe-row.ts';
import { entitySummary } from './entity-summary.ts';
import { stepPath } from './node-view.ts';
import { type People, personText } from './people.ts';
import { type Piece, type Sentence } from './sentences.ts';
import { millisText, stampText } from './time-text.ts';
import { sentenceCase, type Tone, toneOf, words } from './words.ts';

/** A value as it is shown: pieces of text, some of them links; a status has a tone. */
export interface Value {
  readonly pieces: Sentence;
  readonly tone: Tone | '';
}

export interface SectionRow {
  readonly label: string;
  readonly value: Value;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly SectionRow[];
  /** Things of one kind, each a card of its own. */
  readonly items: readonly { readonly title: Value | null; readonly rows: readonly SectionRow[] }[];
  readonly more: number;
}

export interface EntityView {
  readonly kind: string;
  readonly id: string;
  readonly status: { readonly text: string; readonly tone: Tone } | null;
  readonly summary: readonly Sentence[];
  readonly sections: readonly Section[];
}

type Json = Readonly<Record<string, unknown>>;
const MAX_ITEMS = 50;
const MAX_PIECES = 12;

/** Whatever an answer about one thing says, as sections, so that nothing of it is left out; what matters most is told first in words. */
export function entityView(kind: EntityKind, id: string, answer: EntityAnswer, people: People): EntityView {
  const { events: _events, as_of: _asOf, completeness: _completeness, [kind]: named, ...others } = answer;
  const { event_ids: _ids, belongs_to = others['belongs_to'], ...own } = named as Json;
  const status = typeof own['status'] === 'string' ? own['status'] : null;
  const sections = [sectionOf(sentenceCase(kind), scalarsOf(own), people), ...sectionsOf({ ...structuresOf(own), ...without(others, 'belongs_to') }, people), ...(isObject(belongs_to) ? [sectionOf('Belongs to', belongs_to, people)] : [])];
  return { kind, id, status: status === null ? null : { text: words(status), tone: toneOf(status) }, summary: entitySummary(kind, answer, people), sections: sections.filter(({ rows, items }) => rows.length + items.length > 0) };
}

const without = (value: Json, left: string): Json => Object.fromEntries(Object.entries(value).filter(([name]) => name !== left));
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isObjects = (value: unknown): value is readonly Json[] => Array.isArray(value) && value.length > 0 && value.every(isObject);
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.values(value).every(isEmpty));

const isParty = (value: unknown): value is Json => isObject(value) && typeof value['id'] === 'string' && 'issuer' in value;
const isRef = (value: unknown): value is Json => isObject(value) && typeof value['id'] === 'string' && typeof value['system'] === 'string';

/** What fits on one line. */
const isLine = (value: unknown): boolean => !isObject(value) && !isObjects(value) ? true : isParty(value) || isRef(value) || (Array.isArray(value) && value.every((one) => isParty(one) || isRef(one)));
const scalarsOf = (value: Json): Json => Object.fromEntries(Object.entries(value).filter(([, one]) => isLine(one)));
const structuresOf = (value: Json): Json => Object.fromEntries(Object.entries(value).filter(([, one]) => !isLine(one)));

function sectionsOf(value: Json, people: People): readonly Section[] {
  const alone = scalarsOf(value);
  const together = Object.keys(alone).length === 0 ? [] : [sectionOf('Verdict', alone, people)];
  return [...together, ...Object.entries(structuresOf(value)).map(([name, one]) => (isObjects(one) ? listSection(name, one, people) : sectionOf(sentenceCase(words(name)), one as Json, people)))];
}

/** An object as rows; what is nested is put into rows of dotted labels, lists of objects into one row an element. */
const sectionOf = (title: string, value: Json, people: People): Section => ({ title, rows: rowsOf(value, people), items: [], more: 0 });

function rowsOf(value: Json, people: People, prefix = ''): readonly SectionRow[] {
  return Object.entries(value).flatMap(([name, one]): readonly SectionRow[] => {
    if (isEmpty(one) || (one === 'unknown' && !said.has(name))) return [];
    const own = words(name).replace(/ (id|at|ids|ms)$/, '');
    const parent = prefix.replace(/, $/, '').split(', ').at(-1) ?? '';
    // `policy, policy version` says policy once.
    const label = parent !== '' && own.startsWith(`${parent} `) ? `${prefix.slice(0, -(parent.length + 2))}${own}` : own === parent ? parent : `${prefix}${own}`;
    if (isLine(one)) return [{ label, value: valueOf(name, one, people) }];
    if (isObject(one)) return 'status' in one && 'event_ids' in one ? [{ label, value: statusValue(one, people) }] : rowsOf(one, people, `${label}, `);
    return (one as readonly Json[]).slice(0, MAX_PIECES).map((each, index) => ({ label: index === 0 ? label : '', value: { pieces: inlinePieces(each, people), tone: '' as const } }));
  });
}

function listSection(name: string, list: readonly Json[], people: People): Section {
  const items = list.slice(0, MAX_ITEMS).map((one) => {
    const [key, named] = Object.entries(one).find(([field, text]) => typeof text === 'string' && titleFields.has(field) && text !== '') ?? [];
    const rest = Object.fromEntries(Object.entries(one).filter(([field]) => field !== key));
    return { title: key === undefined ? null : valueOf(key, named, people), rows: rowsOf(rest, people) };
  });
  return { title: sentenceCase(words(name)), rows: [], items, more: list.length - items.length };
}

/** Of these `unknown` says something. */
const said: ReadonlySet<string> = new Set(['status', 'permitted', 'in_force', 'compared_before_choosing']);
const codes: ReadonlySet<string> = new Set(['tool', 'rule_id', 'policy_id', 'source_id', 'target_system', 'executed_as', 'provider', 'providers', 'models', 'detectors', 'destination', 'fields']);

const titleFields: ReadonlySet<string> = new Set(['call_id', 'artifact_id', 'grant_id', 'policy_id', 'provider', 'turn_id', 'version', 'kind', 'comparison_id', 'policy_set', 'item_id']);

/** A part of a chain: how it stands, why, when, and its events. */
function statusValue({ status, reasons, at, event_ids }: Json, people: People): Value {
  const why = Array.isArray(reasons) && reasons.length > 0 ? [{ text: ` ${reasons.map((one) => words(String(one))).join(', ')}` }] : [];
  return { tone: toneOf(String(status)), pieces: [{ text: words(String(status)) }, ...why, ...(typeof at === 'string' ? [{ text: ` ${stampText(at)}` }] : []), ...eventPieces(event_ids, people)] };
}

const eventPieces = (ids: unknown, _people: People): readonly Piece[] =>
  Array.isArray(ids) && ids.length > 0 ? [{ text: ' ' }, ...joined((ids as string[]).slice(0, MAX_PIECES).map((id) => ({ text: id, href: eventPath(id), code: true }))), ...(ids.length > MAX_PIECES ? [{ text: ` and ${ids.length - MAX_PIECES} more` }] : [])] : [];

const joined = (pieces: readonly Piece[]): readonly Piece[] => pieces.flatMap((one, index) => (index === 0 ? [one] : [{ text: ', ' }, one]));

function inlinePieces(value: Json, people: People): Sentence {
  const told = Object.entries(value).filter(([name, one]) => !isEmpty(one) && isLine(one) && name !== 'event_ids');
  return told.flatMap(([name, one], index): Piece[] => [...(index === 0 ? [] : [{ text: ' · ' }]), ...(typeof one === 'boolean' || typeof one === 'number' ? [{ text: `${words(name)} ` }] : []), ...valueOf(name, one, people).pieces]);
}

const paths: Readonly<Record<string, (id: string) => string>> = {
  run_id: (id) => `/runs/-?id=${encodeURIComponent(id)}`, runs: (id) => `/runs/-?id=${encodeURIComponent(id)}`, session_id: (id) => `/sessions/-?id=${encodeURIComponent(id)}`,
  sessions: (id) => `/sessions/-?id=${encodeURIComponent(id)}`, artifact_id: (id) => `/artifacts/-?id=${encodeURIComponent(id)}`, artifacts: (id) => `/artifacts/-?id=${encodeURIComponent(id)}`,
  effect_id: (id) => `/effects/-?id=${encodeURIComponent(id)}`, reverts_effect_id: (id) => `/effects/-?id=${encodeURIComponent(id)}`, approval_id: (id) => `/approvals/-?id=${encodeURIComponent(id)}`,
  comparison_id: (id) => `/comparisons/-?id=${encodeURIComponent(id)}`, call_id: stepPath, chosen_call_id: stepPath, step_id: stepPath, event_id: eventPath, event_ids: eventPath, caused_by: eventPath, then: eventPath,
  prompts: eventPath, responses: eventPath, content_id: (id) => `/search?content_id=${encodeURIComponent(id)}`,
};

const verdicts: ReadonlySet<string> = new Set(['status', 'agreement', 'permitted', 'in_force', 'decision', 'verdict', 'masked_before_submission', 'compared_before_choosing', 'protection']);

/** One line of text, by what the field's name says of it. */
export function valueOf(name: string, value: unknown, people: People): Value {
  if (Array.isArray(value)) return { tone: '', pieces: [...joined((value as unknown[]).slice(0, MAX_PIECES).map((one) => merge(valueOf(name, one, people).pieces))), ...(value.length > MAX_PIECES ? [{ text: ` and ${value.length - MAX_PIECES} more` }] : [])] };
  if (isRef(value)) return plainValue(refPiece(value, people));
  if (isParty(value)) return plainValue(partyText(textIn(value, 'id'), textIn(value, 'type'), people));
  if (typeof value === 'boolean') return plainValue({ text: value ? 'yes' : 'no' });
  if (typeof value === 'number') return plainValue({ text: name.endsWith('_ms') ? millisText(value) : value.toLocaleString('en') });
  const text = String(value);
  if (isPseudonym(text)) return plainValue(partyText(text, 'human', people));
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return plainValue({ text: stampText(text) });
  if (verdicts.has(name)) return { tone: toneOf(text), pieces: [{ text: words(text) }] };
  if (name === 'amount') return plainValue({ text: amountText(text) });
  const path = paths[name];
  if (path !== undefined) return plainValue({ text, href: path(text), code: true });
  if (codes.has(name)) return plainValue({ text, code: true });
  return plainValue(/^[a-z]+(_[a-z]+)+$/.test(text) ? { text: words(text) } : { text, code: /[0-9]/.test(text) && !text.includes(' ') });
}

const merge = (pieces: Sentence): Piece => pieces.length === 1 ? (pieces[0] as Piece) : { text: pieces.map(({ text }) => text).join('') };
const plainValue = (one: Piece): Value => ({ tone: '', pieces: [one] });

function partyText(id: string, type: string, people: People): Piece {
  const person = personText(id, people);
  return person.pseudonym === '' ? { text: id === '' ? type : id, code: true } : { text: person.label, href: timelinePath('user', { id: person.pseudonym }) };
}

function refPiece(ref: Json, people: People): Piece {
  const [system, type, id] = [textIn(ref, 'system'), textIn(ref, 'type'), textIn(ref, 'id')];
  const label = personText(id, people).label;
  return { text: `${system} ${type} ${label}`.replace('  ', ' '), href: 'role' in ref ? timelinePath('object', { system, type, id }) : timelinePath('case', { system, id }), code: true };
}
