import { type EndKind, linkEnds, type LinkKind } from './active-link.ts';

/** An end as a person names it. Ids of people may be raw; the collector makes pseudonyms of them. */
export interface GivenEnd {
  readonly kind: EndKind;
  /**
   * As on the wire: cases `system:id`, objects `system:type:id`, a ':' in system or type written %3A; everything else
   * plain.
   */
  readonly id: string;
  readonly issuer: string;
}

export type LinkRequest =
  | {
      readonly status: 'assert';
      readonly kind: LinkKind;
      readonly from: GivenEnd;
      readonly to: GivenEnd;
      readonly reason: string;
    }
  | { readonly status: 'retract'; readonly linkId: string; readonly reason: string }
  | { readonly status: 'invalid'; readonly why: string };

/** The contract's, in characters: what is longer the collector refuses. */
const MAX_ID = 512;
const MAX_REASON = 10_000;
const people: ReadonlySet<unknown> = new Set(['user', 'person', 'account']);
const parts: Readonly<Record<EndKind, readonly string[]>> = {
  case: ['system', 'id'],
  object: ['system', 'type', 'id'],
  person: ['id', 'issuer'],
  run: ['id'],
  session: ['id'],
  trace: ['id'],
  event: ['id'],
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isKind = (value: unknown): value is LinkKind => typeof value === 'string' && Object.hasOwn(linkEnds, value);
// A zero byte cannot occur in any id of ours, and half a character in no text.
const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' &&
  value.trim() !== '' &&
  value.length <= 2 * max &&
  [...value].length <= max &&
  !value.includes('\0') &&
  !/\p{Surrogate}/u.test(value);
const escaped = (part: string): string => part.replaceAll('%', '%25').replaceAll(':', '%3A');

/** The same spelling of a body's text, however clients order its members; why not, in words for the one who sent it. */
export function readLinkRequest(body: unknown): LinkRequest {
  if (!isObject(body)) return invalid('the body must be a JSON object');
  const reason = body['reason'] ?? '';
  if (reason !== '' && !isText(reason, MAX_REASON))
    return invalid(`reason must be text of at most ${MAX_REASON} characters`);
  if ('retract' in body) return retraction(body, reason);
  const stranger = Object.keys(body).find((name) => !['kind', 'from', 'to', 'basis', 'reason'].includes(name));
  if (stranger !== undefined)
    return invalid('a link has kind, from, to, basis, reason; to take one back: retract, reason');
  const { kind, basis } = body;
  if (!isKind(kind)) return invalid(`kind must be one of ${Object.keys(linkEnds).join(', ')}`);
  if (basis !== undefined && basis !== 'person')
    return invalid('basis is person: rules and sources speak for themselves');
  const [[fromKind], [toKind]] = linkEnds[kind];
  // Who names the ends the other way round, and says of which kind they are, means the same link.
  const [from, to] =
    statesKind(body['from'], toKind) && statesKind(body['to'], fromKind) && fromKind !== toKind
      ? [body['to'], body['from']]
      : [body['from'], body['to']];
  const ends = [readEnd(from, fromKind), readEnd(to, toKind)] as const;
  const wrong = ends.find((end) => typeof end === 'string');
  if (wrong !== undefined) return invalid(`of ${kind}, ${wrong}`);
  return { status: 'assert', kind, from: ends[0] as GivenEnd, to: ends[1] as GivenEnd, reason: reason };
}

const invalid = (why: string): LinkRequest => ({ status: 'invalid', why });

function retraction(body: Readonly<Record<string, unknown>>, reason: string): LinkRequest {
  if (Object.keys(body).some((name) => !['retract', 'reason'].includes(name)))
    return invalid('to take a link back: retract, reason, and nothing else');
  const { retract } = body;
  return isText(retract, MAX_ID)
    ? { status: 'retract', linkId: retract, reason }
    : invalid('retract must be the id of a link');
}

const sameKind = (given: unknown, kind: EndKind): boolean => given === kind || (kind === 'person' && people.has(given));
const statesKind = (value: unknown, kind: EndKind): boolean =>
  isObject(value) && value['kind'] !== undefined && sameKind(value['kind'], kind);

/** The end, or what is wrong with it. */
function readEnd(value: unknown, kind: EndKind): GivenEnd | string {
  const names = parts[kind];
  const form = `an end that is a ${kind} is {${names.join(', ')}}, each of at most ${MAX_ID} characters`;
  if (typeof value === 'string') {
    const colons = names.includes('system') ? names.length - 1 : 0;
    const fits =
      isText(value, MAX_ID) &&
      value.split(':', colons + 1).length === colons + 1 &&
      value
        .split(':')
        .slice(0, colons)
        .every((part) => part !== '') &&
      !(colons > 0 && value.endsWith(':'));
    return fits ? { kind, id: value, issuer: '' } : form;
  }
  if (!isObject(value) || (value['kind'] !== undefined && !sameKind(value['kind'], kind))) return form;
  if (Object.keys(value).some((name) => name !== 'kind' && !names.includes(name))) return form;
  if (!names.every((name) => isText(value[name], MAX_ID) || (name === 'issuer' && value[name] === undefined)))
    return form;
  const text = (name: string): string => (value[name] as string | undefined) ?? '';
  if (kind !== 'case' && kind !== 'object') return { kind, id: text('id'), issuer: text('issuer') };
  const id = [...names.slice(0, -1).map((name) => escaped(text(name))), text('id')].join(':');
  return [...id].length <= MAX_ID ? { kind, id, issuer: '' } : `${form}, of at most ${MAX_ID} characters in all`;
}
