/**
 * Fields that hold ids of people, and the member that says who issued them. A raw id in a filter becomes pseudonyms.
 */
const people: ReadonlyMap<string, string> = new Map([
  ['actor.id', 'actor.issuer'],
  ['approval.approver', 'approval.approver_issuer'],
  ['link.from_id', 'link.from_issuer'],
  ['link.to_id', 'link.to_issuer'],
  ['on_behalf_of', 'issuer'],
  ['subject_refs', 'issuer'],
  ['object_refs', 'system'],
  ['message.recipients', 'issuer'],
]);

/** The column (or, in a list's elements, the member) that names the issuer; undefined for a field without people. */
export const issuerFieldOf = (column: string): string | undefined => people.get(column);
