import { isPerson, isPseudonym, normalisePersonId } from '@affidavit/audit-model';
import { type AuditEvent, type Link } from '@affidavit/contracts';
import { refuse } from '../refusal.ts';
import { type DirectoryEntry, type Draft } from './draft.ts';
import { type IntakePorts } from './ports.ts';
import { each } from './step.ts';

/** Kinds of link ends that are people, as mappings and services write them. */
const PERSON_KINDS: ReadonlySet<string> = new Set(['user', 'person', 'account']);

/** Replaces ids of people in one event and notes each for the directory. */
class PeopleOfOneEvent {
  readonly entries = new Map<string, DirectoryEntry>();
  readonly #draft: Draft;
  readonly #ports: IntakePorts;

  constructor(draft: Draft, ports: IntakePorts) {
    this.#draft = draft;
    this.#ports = ports;
  }

  get defaultIssuer(): string {
    return this.#draft.record.source.system;
  }

  /** `path` is the JSON pointer of the id, `place` where its display name is noted. */
  pseudonym(id: string, issuer: string, path: string, place = ''): string {
    // What we gave out ourselves comes back in links and questions: it is no raw id and must not become another person.
    if (isPseudonym(id)) return id;
    const normalised = normalisePersonId(id);
    if (normalised === '') refuse('empty_identifier', path);
    const pseudonym = this.#ports.pseudonymiser.pseudonym(this.#draft.record.tenant_id, issuer, normalised);
    const display_name = this.#draft.beside.display_names.get(place) ?? this.entries.get(pseudonym)?.display_name ?? '';
    this.entries.set(pseudonym, { pseudonym, issuer, raw_id: id, display_name });
    return pseudonym;
  }

  principal<T extends { readonly type: string; readonly id: string; readonly issuer: string }>(
    principal: T,
    place: string,
  ): T {
    if (!isPerson(principal.type)) return principal;
    const issuer = principal.issuer || this.defaultIssuer;
    return { ...principal, issuer, id: this.pseudonym(principal.id, issuer, `/${place}/id`, place) };
  }
}

/**
 * The kind of an end says whether it is a person. Where the sender left it out, the link's own kind does: a wrong guess
 * in this direction hides an id, in the other it writes a person's id down for ever.
 */
function isPersonEnd({ event_type, link }: AuditEvent, end: 'from' | 'to'): boolean {
  const kind = link[`${end}_kind`];
  if (PERSON_KINDS.has(kind) || link.kind === 'account_person' || event_type.startsWith('identity.account.'))
    return true;
  return link.kind === 'run_user' && end === 'to' && kind !== 'run';
}

function linkPeople(record: AuditEvent, people: PeopleOfOneEvent): Link {
  const replaced = (end: 'from' | 'to'): { readonly id: string; readonly issuer: string } => {
    const [id, given] = [record.link[`${end}_id`], record.link[`${end}_issuer`]];
    if (id === '' || !isPersonEnd(record, end)) return { id, issuer: given };
    const issuer = given || people.defaultIssuer;
    return { issuer, id: people.pseudonym(id, issuer, `/link/${end}_id`) };
  };
  const [from, to] = [replaced('from'), replaced('to')];
  return { ...record.link, from_id: from.id, from_issuer: from.issuer, to_id: to.id, to_issuer: to.issuer };
}

/** Ids of people become pseudonyms; raw ids and names go, encrypted, into the directory. */
export const pseudonymise = each('pseudonymise', (draft, ports) => {
  const { record, beside } = draft;
  const people = new PeopleOfOneEvent(draft, ports);
  const issued = (issuer: string): string => issuer || people.defaultIssuer;
  const isPersonObject = (system: string, type: string, index: number): boolean =>
    beside.persons.has(index) || ports.personObjects(record.tenant_id, system, type);
  const approver = record.approval.approver;
  const approver_issuer = approver ? issued(record.approval.approver_issuer) : record.approval.approver_issuer;
  const replaced: AuditEvent = {
    ...record,
    actor: people.principal(record.actor, 'actor'),
    on_behalf_of: record.on_behalf_of.map((principal, index) => people.principal(principal, `on_behalf_of/${index}`)),
    subject_refs: record.subject_refs.map((ref, index) => {
      const issuer = issued(ref.issuer);
      return {
        ...ref,
        issuer,
        id: people.pseudonym(ref.id, issuer, `/subject_refs/${index}/id`, `subject_refs/${index}`),
      };
    }),
    object_refs: record.object_refs.map((ref, index) =>
      isPersonObject(ref.system, ref.type, index)
        ? { ...ref, id: people.pseudonym(ref.id, ref.system, `/object_refs/${index}/id`, `object_refs/${index}`) }
        : ref,
    ),
    approval: {
      ...record.approval,
      approver_issuer,
      approver: approver ? people.pseudonym(approver, approver_issuer, '/approval/approver') : '',
    },
    message: {
      ...record.message,
      recipients: record.message.recipients.map((recipient, index) => {
        const issuer = issued(recipient.issuer);
        return { ...recipient, issuer, id: people.pseudonym(recipient.id, issuer, `/message/recipients/${index}/id`) };
      }),
    },
    link: linkPeople(record, people),
  };
  return { ...draft, record: replaced, directory: [...people.entries.values()] };
});

/** The pseudonyms of everybody whom a body of this event may be about. */
export function subjectsOf(record: AuditEvent): string[] {
  const ids = [
    record.actor.id,
    ...record.on_behalf_of.map(({ id }) => id),
    ...record.subject_refs.map(({ id }) => id),
    ...record.object_refs.map(({ id }) => id),
    record.approval.approver,
    ...record.message.recipients.map(({ id }) => id),
    record.link.from_id,
    record.link.to_id,
  ];
  return [...new Set(ids.filter(isPseudonym))].sort();
}
