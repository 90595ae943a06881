import { auditEventSchema } from '@affidavit/contracts';

/** What `details` takes as one value. */
const MAX_LENGTH = 256;

/** What questions take beside fields of the event. */
const parameters = [
  'q',
  'from',
  'to',
  'sort',
  'limit',
  'facets',
  'highlight',
  'id',
  'system',
  'issuer',
  'as_of',
  'before_s',
  'after_s',
  'scope',
  'format',
  'source',
];

const known: ReadonlySet<string> = new Set([
  ...(auditEventSchema.fields as readonly { readonly name: string }[]).map(({ name }) => name),
  ...parameters,
]);

/**
 * Names of filters for the record, in clear. A name that is none of ours is something that somebody typed, and stands
 * in the encrypted content only; of more names than fit, the rest is counted.
 */
export function filterNames(names: readonly string[]): string {
  const ours = [
    ...new Set(
      names.map((name) => (known.has(name.split('.', 1)[0] ?? '') && /^[a-z_.]+$/.test(name) ? name : 'other')),
    ),
  ].sort();
  for (let kept = ours.length; kept > 0; kept -= 1) {
    const text = [...ours.slice(0, kept), ...(kept < ours.length ? [`and ${ours.length - kept} more`] : [])].join(',');
    if (text.length <= MAX_LENGTH) return text;
  }
  return `${ours.length} names`;
}
