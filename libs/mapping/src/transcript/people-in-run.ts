import { type CompiledPerson } from '../compile/people.ts';
import { type Scope } from '../expression/scope.ts';
import { allTexts, singleText } from '../expression/value.ts';
import { type Actor, type Principal, type SubjectRef } from '../wire-event.ts';

export interface KnownPerson extends Principal {
  readonly role: string;
  readonly assurance: string;
}

/**
 * Who the agent serves in one run, as it becomes known. Two roles may differ: the person whom the record expects
 * (`on_behalf_of` on every event) and the one whom the agent authenticated (a link, and a subject of what follows).
 * When the record expects nobody, events after the authentication are on behalf of the authenticated person.
 */
export class PeopleInRun {
  private readonly behalf: KnownPerson[] = [];
  private readonly subjects: KnownPerson[] = [];
  private readonly linked = new Set<string>();
  private readonly runId: string;
  private readonly expectsSomebody: boolean;

  constructor(people: readonly CompiledPerson[], scope: Scope, runId: string) {
    this.runId = runId;
    for (const person of people.filter((each) => each.fromTools.length === 0)) {
      for (const known of readPeople(person, scope)) {
        if (person.as === 'subject') this.subjects.push(known);
        else this.behalf.push(known);
      }
    }
    this.expectsSomebody = this.behalf.length > 0;
  }

  /** Takes what a tool's result says. Answers the people whom a link has to assert: each once per role and run. */
  learn(person: CompiledPerson, scope: Scope): readonly KnownPerson[] {
    return readPeople(person, scope).filter((known) => {
      const key = `${known.role} ${known.issuer ?? ''} ${known.id}`;
      if (this.linked.has(key)) return false;
      this.linked.add(key);
      if (person.as === 'on_behalf_of' || !this.expectsSomebody) addNew(this.behalf, known);
      else if (!this.behalf.some((each) => sameId(each, known))) addNew(this.subjects, known);
      return person.as === 'link';
    });
  }

  get onBehalfOf(): readonly Principal[] {
    return this.behalf.map(({ type, id, issuer, relation, display_name }) => ({
      type,
      id,
      ...(issuer !== undefined && { issuer }),
      ...(relation !== undefined && { relation }),
      ...(display_name !== undefined && { display_name }),
    }));
  }

  get subjectRefs(): readonly SubjectRef[] {
    return this.subjects.map(({ id, role, issuer }) => ({ id, role, ...(issuer !== undefined && { issuer }) }));
  }

  /** Who types the prompts. An unknown person is one of this run alone: nobody else's prompts must join theirs. */
  get speaker(): Actor {
    const first = this.behalf[0];
    if (first === undefined)
      return { type: 'human', id: `${this.runId}/user`, assurance: 'unknown', relation: 'unknown' };
    const { type, id, issuer, relation, assurance } = first;
    return {
      type,
      id,
      ...(issuer !== undefined && { issuer }),
      assurance,
      ...(relation !== undefined && { relation }),
    };
  }
}

function readPeople(person: CompiledPerson, scope: Scope): readonly KnownPerson[] {
  const display = person.displayName === undefined ? undefined : singleText(person.displayName, scope);
  return allTexts(person.id, scope).map((id) => ({
    type: 'human' as const,
    id: id.trim(),
    role: person.role,
    relation: person.relation,
    assurance: person.assurance,
    ...(person.issuer !== undefined && { issuer: person.issuer }),
    ...(display !== undefined && { display_name: display }),
  }));
}

function sameId(one: KnownPerson, other: KnownPerson): boolean {
  return one.id === other.id && one.issuer === other.issuer;
}

function addNew(people: KnownPerson[], known: KnownPerson): void {
  if (!people.some((each) => sameId(each, known))) people.push(known);
}
