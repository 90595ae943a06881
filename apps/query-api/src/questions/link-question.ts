import { findEvents, theEvent } from '../store/event-reads.ts';
import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson, isPseudonym, normalisePersonId, readEventKey } from '@affidavit/audit-model';
import { type Credential } from '@affidavit/service-kit';
import { type GivenEnd, type LinkRequest } from '../links/read-assertion.ts';
import { type PersonLookup, pseudonymsOf } from '../identity/person-lookup.ts';
import { encodeAsOf } from '../reading/as-of.ts';
import { queryError } from '../query-error.ts';
import { type Receipt, type WriteLink } from '../recording/link-writer.ts';
import { type RunQuery } from '../store/engine.ts';
import { readLink } from '../store/link-reads.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { sql, text } from '../store/sql.ts';
import { type Ask } from './ask.ts';

export interface LinkSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly people: PersonLookup;
  readonly ask: Ask;
  readonly writeLink: WriteLink;
  readonly now: () => number;
}

export interface LinkAnswer {
  readonly link_id: string;
  readonly status: 'asserted' | 'retracted';
  readonly kind: string;
  readonly from: { readonly kind: string; readonly key: string };
  readonly to: { readonly kind: string; readonly key: string };
  /** Where the statement lies in the log; null when there was nothing to say: the link was taken back already. */
  readonly receipt: Receipt | null;
  readonly as_of: string;
}

type Statement = Exclude<LinkRequest, { readonly status: 'invalid' }>;

/**
 * A person says that two things belong together, or takes a link back. The statement is an event with the asker as
 * actor; timelines follow it once it is projected, and answers of before stay what they were.
 */
export async function askLink(
  sources: LinkSources,
  asker: Credential,
  statement: Statement,
  route: string,
): Promise<LinkAnswer> {
  const { run, generation, ask } = sources;
  const { reason: _reason, ...asked } = statement;
  return ask(
    {
      asker,
      question: { kind: 'link', route, filters: [], asked, reason: '' },
      needs: ['read_record', 'assert_links'],
      continuation: false,
    },
    async () => {
      const state = await readProjectionState(run, generation);
      const context = { run, generation, tenantId: asker.tenant_id, vector: state.asOf.vector };
      const as_of = encodeAsOf(state.asOf);
      const told =
        statement.status === 'assert'
          ? await assertion(sources, context, asker, statement)
          : await retraction(sources, context, asker, statement);
      const body = { ...told, as_of };
      return { body, data: body, rows: 1, as_of };
    },
  );
}

type Told = Omit<LinkAnswer, 'as_of'>;

async function assertion(
  sources: LinkSources,
  context: ReadContext,
  asker: Credential,
  { kind, from, to, reason }: Extract<Statement, { status: 'assert' }>,
): Promise<Told> {
  const ends = [
    await named(sources, context, asker.tenant_id, from),
    await named(sources, context, asker.tenant_id, to),
  ] as const;
  const [keys] = await context.run<{ readonly from_key: string; readonly to_key: string }>(
    sql`SELECT audit_link_end_key(${text(from.kind)}, ${text(ends[0].id)}) AS from_key, audit_link_end_key(${text(to.kind)},
      ${text(ends[1].id)}) AS to_key`,
  );
  const [from_key, to_key] = [keys?.from_key ?? ends[0].id, keys?.to_key ?? ends[1].id];
  for (const [{ kind: end }, key] of [
    [from, from_key],
    [to, to_key],
  ] as const) {
    if (isNameless(end, key))
      throw queryError(
        'invalid_parameter',
        `of ${kind}, an end that is a ${end} has an id that is empty when compared, such as #`,
      );
  }
  // A pseudonym has its issuer in it, whatever is said beside it.
  if (from.kind === to.kind && from_key === to_key && (isPseudonym(from_key) || ends[0].issuer === ends[1].issuer))
    throw queryError('invalid_parameter', 'from and to are the same thing: nothing is linked with itself');
  const link_id = linkId(
    asker.tenant_id,
    kind,
    [from.kind, from_key, ends[0].issuer],
    [to.kind, to_key, ends[1].issuer],
  );
  const link = {
    link_id,
    kind,
    from_kind: from.kind,
    from_id: ends[0].id,
    to_kind: to.kind,
    to_id: ends[1].id,
    basis: 'person',
    ...(ends[0].issuer !== '' && { from_issuer: ends[0].issuer }),
    ...(ends[1].issuer !== '' && { to_issuer: ends[1].issuer }),
  };
  const receipt = await sources.writeLink(event(sources, asker, 'link.asserted', link, reason));
  return { link_id, status: 'asserted', kind, from: shown(from.kind, from_key), to: shown(to.kind, to_key), receipt };
}

/**
 * Keys of cases are `system:id`, of objects `system:type:id`: without an id they would be one thing for all that have
 * none.
 */
const isNameless = (kind: GivenEnd['kind'], key: string): boolean =>
  (kind === 'case' && /^[^:]*:$/.test(key)) || (kind === 'object' && /^[^:]*:[^:]*:$/.test(key));

async function retraction(
  sources: LinkSources,
  context: ReadContext,
  asker: Credential,
  { linkId: link_id, reason }: Extract<Statement, { status: 'retract' }>,
): Promise<Told> {
  const known = await readLink(context, link_id);
  // One that is not projected yet, and another tenant's, look the same.
  if (known === undefined) throw queryError('not_found', 'there is no such link');
  const { last, active } = known;
  const ends = { kind: last.kind, from: shown(last.from_kind, last.from_key), to: shown(last.to_kind, last.to_key) };
  const receipt = active
    ? await sources.writeLink(event(sources, asker, 'link.retracted', { link_id, basis: 'person' }, reason))
    : null;
  return { link_id, status: 'retracted', ...ends, receipt };
}

/** As the log names it: a person by a pseudonym, an event by its key. */
async function named(sources: LinkSources, context: ReadContext, tenantId: string, end: GivenEnd): Promise<GivenEnd> {
  if (end.kind === 'event') return { ...end, id: await keyOfEvent(context, end.id.trim()) };
  return pseudonymous(sources, tenantId, end);
}

/** Of an event on record its key, whichever way it is named; a key may name one that is not there yet. */
async function keyOfEvent(context: ReadContext, id: string): Promise<string> {
  const found = await findEvents(context, id);
  if (found.length > 0) return theEvent(context, id);
  if (readEventKey(id) !== null) return id;
  throw queryError(
    'invalid_parameter',
    'there is no such event: name one that is not there yet as connector_id:event_id',
  );
}

/**
 * A raw id is not answered, and hashed nowhere: it becomes its pseudonym here where the tenant's key allows, else at
 * the collector.
 */
async function pseudonymous({ people }: LinkSources, tenantId: string, end: GivenEnd): Promise<GivenEnd> {
  if (end.kind !== 'person' || isPseudonym(end.id.trim())) return { ...end, id: end.id.trim() };
  if (end.issuer === '') {
    const found = [...(await pseudonymsOf(tenantId, people, end.id, undefined, true)).keys()];
    if (found.length !== 1 || found[0] === undefined)
      throw queryError('invalid_parameter', 'a raw id of a person needs its issuer here; or give the pseudonym');
    return { ...end, id: found[0] };
  }
  return { ...end, id: people.pseudonymise(tenantId, end.issuer, normalisePersonId(end.id)) ?? end.id };
}

const shown = (kind: string, key: string): { kind: string; key: string } => ({
  kind,
  key: kind === 'person' && !isPseudonym(key) ? '' : key,
});

/**
 * The same link said twice is one link. Not by hash where a person's raw id would be in it: of such few letters a hash
 * is no secret.
 */
function linkId(tenantId: string, kind: string, from: readonly string[], to: readonly string[]): string {
  if ([from, to].some(([end, key]) => end === 'person' && !isPseudonym(key ?? ''))) return `link_${randomUUID()}`;
  const ends = [from.slice(0, 2), to.slice(0, 2)].map((end) => canonicalJson(end));
  const ordered = from[0] === to[0] ? ends.sort() : ends;
  return `link_${createHash('sha256')
    .update(canonicalJson([tenantId, kind, 'person', ...ordered]))
    .digest('hex')
    .slice(0, 32)}`;
}

function event(
  { now }: LinkSources,
  asker: Credential,
  event_type: 'link.asserted' | 'link.retracted',
  link: object,
  reason: string,
): object {
  return {
    event_type,
    tenant_id: asker.tenant_id,
    occurred_at: now(),
    source: { system: 'affidavit', origin_format: 'native' },
    actor: {
      type: 'human',
      id: asker.id,
      issuer: 'affidavit',
      assurance: 'verified',
      relation: 'workforce',
      display_name: asker.name,
    },
    link,
    ...(reason !== '' && { content: [{ role: 'reason', media_type: 'text/plain', text: reason }] }),
  };
}
