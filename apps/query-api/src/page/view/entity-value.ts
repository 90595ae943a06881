import { isPseudonym } from '@affidavit/audit-model';
import { eventPath, timelinePath } from '../../questions/links.ts';
import { amountText, textIn } from './describe-row.ts';
import { stepPath } from './row-paths.ts';
import { type People, personText } from './people.ts';
import { type Piece, type Sentence } from './pieces.ts';
import { millisText, stampText } from './time-text.ts';
import { type Tone, toneOf, words } from './words.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A value as it is shown: pieces of text, some of them links; a status has a tone. */
export interface Value {
  readonly pieces: Sentence;
  readonly tone: Tone | '';
}

/** Of a long list so many are shown on one line. */
export const MAX_PIECES = 12;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isObjects = (value: unknown): value is readonly Json[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.values(value).every(isEmpty));

const isParty = (value: unknown): value is Json =>
  isObject(value) && typeof value['id'] === 'string' && 'issuer' in value;
const isRef = (value: unknown): value is Json =>
  isObject(value) && typeof value['id'] === 'string' && typeof value['system'] === 'string';

/** What fits on one line. */
export const isLine = (value: unknown): boolean =>
  !isObject(value) && !isObjects(value)
    ? true
    : isParty(value) || isRef(value) || (Array.isArray(value) && value.every((one) => isParty(one) || isRef(one)));

export const joined = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.flatMap((one, index) => (index === 0 ? [one] : [{ text: ', ' }, one]));

const codes: ReadonlySet<string> = new Set([
  'tool',
  'rule_id',
  'policy_id',
  'source_id',
  'target_system',
  'executed_as',
  'provider',
  'providers',
  'models',
  'detectors',
  'destination',
  'fields',
]);

const paths: Readonly<Record<string, (id: string) => string>> = {
  run_id: (id) => `/runs/-?id=${encodeURIComponent(id)}`,
  runs: (id) => `/runs/-?id=${encodeURIComponent(id)}`,
  session_id: (id) => `/sessions/-?id=${encodeURIComponent(id)}`,
  sessions: (id) => `/sessions/-?id=${encodeURIComponent(id)}`,
  artifact_id: (id) => `/artifacts/-?id=${encodeURIComponent(id)}`,
  artifacts: (id) => `/artifacts/-?id=${encodeURIComponent(id)}`,
  effect_id: (id) => `/effects/-?id=${encodeURIComponent(id)}`,
  reverts_effect_id: (id) => `/effects/-?id=${encodeURIComponent(id)}`,
  approval_id: (id) => `/approvals/-?id=${encodeURIComponent(id)}`,
  comparison_id: (id) => `/comparisons/-?id=${encodeURIComponent(id)}`,
  call_id: stepPath,
  chosen_call_id: stepPath,
  step_id: stepPath,
  event_id: eventPath,
  event_ids: eventPath,
  caused_by: eventPath,
  then: eventPath,
  prompts: eventPath,
  responses: eventPath,
  content_id: (id) => `/search?content_id=${encodeURIComponent(id)}`,
};

/** How rows write times. */
export const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const verdicts: ReadonlySet<string> = new Set([
  'status',
  'agreement',
  'permitted',
  'in_force',
  'decision',
  'verdict',
  'masked_before_submission',
  'compared_before_choosing',
  'protection',
]);

/** One line of text, by what the field's name says of it. */
export function valueOf(name: string, value: unknown, people: People): Value {
  if (Array.isArray(value))
    return {
      tone: '',
      pieces: [
        ...joined((value as unknown[]).slice(0, MAX_PIECES).map((one) => merge(valueOf(name, one, people).pieces))),
        ...(value.length > MAX_PIECES ? [{ text: ` and ${value.length - MAX_PIECES} more` }] : []),
      ],
    };
  if (isRef(value)) return plainValue(refPiece(value, people));
  if (isParty(value)) return plainValue(partyText(textIn(value, 'id'), textIn(value, 'type'), people));
  if (typeof value === 'boolean') return plainValue({ text: value ? 'yes' : 'no' });
  if (typeof value === 'number')
    return plainValue({ text: name.endsWith('_ms') ? millisText(value) : value.toLocaleString('en') });
  const text = String(value);
  if (isPseudonym(text)) return plainValue(partyText(text, 'human', people));
  if (TIME.test(text)) return plainValue({ text: stampText(text) });
  if (verdicts.has(name)) return { tone: toneOf(text), pieces: [{ text: words(text) }] };
  if (name === 'amount') return plainValue({ text: amountText(text) });
  const path = paths[name];
  if (path !== undefined) return plainValue({ text, href: path(text), code: true });
  if (codes.has(name)) return plainValue({ text, code: true });
  return plainValue(
    /^[a-z]+(_[a-z]+)+$/.test(text) ? { text: words(text) } : { text, code: /[0-9]/.test(text) && !text.includes(' ') },
  );
}

const merge = (pieces: Sentence): Piece =>
  pieces.length === 1 ? (pieces[0] as Piece) : { text: pieces.map(({ text }) => text).join('') };
const plainValue = (one: Piece): Value => ({ tone: '', pieces: [one] });

function partyText(id: string, type: string, people: People): Piece {
  const person = personText(id, people);
  return person.pseudonym === ''
    ? { text: id === '' ? type : id, code: true }
    : { text: person.label, href: timelinePath('user', { id: person.pseudonym }) };
}

function refPiece(ref: Json, people: People): Piece {
  const [system, type, id] = [textIn(ref, 'system'), textIn(ref, 'type'), textIn(ref, 'id')];
  const label = personText(id, people).label;
  return {
    text: `${system} ${type} ${label}`.replace('  ', ' '),
    href: 'role' in ref ? timelinePath('object', { system, type, id }) : timelinePath('case', { system, id }),
    code: true,
  };
}
