import { isPseudonym } from '@affidavit/audit-model';
import { type ListOf } from '../reading/list-question.ts';
import { type RunRow, eventKeyOf } from '../runs/row.ts';
import { join, type Sql, sql, tableName, text, texts } from '../store/sql.ts';

/** Which neighbours an event has: `related` are those of its run, of its cases, and of its source. */
export const contextScopes = ['related', 'run', 'case', 'user', 'object', 'source', 'all'] as const;
export type ContextScope = (typeof contextScopes)[number];

export const isContextScope = (text: string): text is ContextScope =>
  (contextScopes as readonly string[]).includes(text);

/** The people on an event, in whichever role, as the user timeline knows them. */
export function peopleOn(row: RunRow): readonly string[] {
  const ids = [
    row.actor?.id,
    row.approval?.approver,
    row.link?.from_id,
    row.link?.to_id,
    ...[row.on_behalf_of, row.subject_refs, row.object_refs, row.message?.recipients].flatMap((list) =>
      (list ?? []).map((one) => one.id),
    ),
  ];
  return [...new Set(ids.filter((id): id is string => id !== undefined && isPseudonym(id)))];
}

const caseKeys = (row: RunRow): readonly Sql[] =>
  (row.case_refs ?? []).map(({ system = '', id = '' }) => sql`audit_case_key(${text(system)}, ${text(id)})`);
const objectKeys = (row: RunRow): readonly Sql[] =>
  (row.object_refs ?? []).map(
    ({ system = '', type = '', id = '' }) => sql`audit_object_key(${text(system)}, ${text(type)}, ${text(id)})`,
  );

const oneOf = (keys: readonly Sql[]): Sql => sql`(${join(keys, 'comma')})`;

/** The list of the event's neighbours, which always has the event itself. `runKey` is the event's in the tables. */
export function neighboursOf(generation: string, focus: RunRow, runKey: string, scope: ContextScope): ListOf {
  const ofEvents = (which: Sql): ListOf => ({
    table: tableName(generation, 'events'),
    // Looking is not doing, unless what somebody looked at is the question.
    which: sql`((${which}) AND NOT audit_is_access(kafka_topic) OR (run_key = ${text(runKey)}
      AND event_key = ${text(eventKeyOf(focus))}))`,
    role: null,
    direction: 'asc',
    caps: [],
  });
  const inRun = sql`run_key = ${text(runKey)}`;
  const inCase =
    caseKeys(focus).length === 0
      ? sql`false`
      : sql`arrayExists(one -> audit_case_key(one.system, one.id) IN ${oneOf(caseKeys(focus))}, case_refs)`;
  const inSource =
    focus.source?.system === undefined ? sql`false` : sql`\`source.system\` = ${text(focus.source.system)}`;
  const ofEntity = (table: string, which: Sql, any: boolean): ListOf =>
    any
      ? { table: tableName(generation, table), which, role: sql`role`, direction: 'asc', caps: [] }
      : ofEvents(sql`false`);
  switch (scope) {
    case 'related':
      return ofEvents(sql`${inRun} OR ${inCase} OR ${inSource}`);
    case 'run':
      return ofEvents(inRun);
    case 'source':
      return ofEvents(inSource);
    case 'all':
      return ofEvents(sql`true`);
    case 'case':
      return ofEntity('timeline_by_case', sql`case_key IN ${oneOf(caseKeys(focus))}`, caseKeys(focus).length > 0);
    case 'object':
      return ofEntity(
        'timeline_by_object',
        sql`object_key IN ${oneOf(objectKeys(focus))}`,
        objectKeys(focus).length > 0,
      );
    case 'user':
      return ofEntity('timeline_by_user', sql`user_key IN ${texts(peopleOn(focus))}`, peopleOn(focus).length > 0);
  }
}
