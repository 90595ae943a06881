import { type SecretFinding } from '../ports.ts';

/** A member's key and string value are looked at together, since some secrets are known by their key alone. */
export interface JsonText {
  readonly key: string | null;
  readonly value: string | null;
}

type Visit = (text: JsonText) => JsonText;

/** Walks all keys and strings in a fixed order and builds the value anew from what `visit` answers. */
export function mapJsonText(json: unknown, visit: Visit): unknown {
  if (typeof json === 'string') return visit({ key: null, value: json }).value;
  if (Array.isArray(json)) return json.map((item) => mapJsonText(item, visit));
  if (typeof json !== 'object' || json === null) return json;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    const isText = typeof value === 'string';
    const seen = visit({ key, value: isText ? value : null });
    result[freeKey(result, seen.key ?? key)] = isText ? seen.value : mapJsonText(value, visit);
  }
  return result;
}

/** Two masked keys of one object would be one. */
function freeKey(taken: object, key: string): string {
  let free = key;
  for (let copy = 2; Object.hasOwn(taken, free); copy += 1) free = `${key}_${copy}`;
  return free;
}

/** The text under which a member is scanned; `maskMember` reads findings in its offsets. */
export const memberText = ({ key, value }: JsonText): string => (key === null ? (value ?? '') : value === null ? key : `${key}=${value}`);

export function maskText(text: string, findings: readonly SecretFinding[]): string {
  let masked = '';
  let from = 0;
  for (const { start, end, rule_id } of findings) {
    masked += `${text.slice(from, start)}[secret:${rule_id}]`;
    from = end;
  }
  return masked + text.slice(from);
}

/** Findings that touch the value mask there only: a key such as `password` is no secret because its value is one. */
export function maskMember(member: JsonText, findings: readonly SecretFinding[]): JsonText {
  const { key, value } = member;
  if (key === null || value === null) {
    const masked = maskText(memberText(member), findings);
    return key === null ? { key, value: masked } : { key: masked, value };
  }
  const offset = key.length + 1;
  const clip = (from: number, to: number, found: readonly SecretFinding[]): SecretFinding[] =>
    found.map((one) => ({ ...one, start: Math.max(one.start, from) - from, end: Math.min(one.end, to) - from })).filter((one) => one.start < one.end);
  const inValue = findings.filter((one) => one.end > offset);
  const inKey = findings.filter((one) => one.end <= offset);
  return { key: maskText(key, clip(0, key.length, inKey)), value: maskText(value, clip(offset, offset + value.length, inValue)) };
}
