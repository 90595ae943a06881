import { type RunRow } from '../runs/row.ts';

/** Who acts or is acted for; people are pseudonyms. */
export interface Party {
  readonly type: string;
  readonly id: string;
  readonly issuer: string;
  readonly relation: string;
}

export const actorOf = ({ actor }: RunRow): Party => ({
  type: actor?.type ?? 'unknown',
  id: actor?.id ?? '',
  issuer: actor?.issuer ?? '',
  relation: actor?.relation ?? 'unknown',
});

/** Outermost human first, as the event says. */
export const principalsOf = ({ on_behalf_of }: RunRow): readonly (Party & { readonly grant_id: string })[] =>
  (on_behalf_of ?? []).map(({ type, id, issuer, relation, grant_id }) => ({
    type: type ?? 'unknown',
    id: id ?? '',
    issuer: issuer ?? '',
    relation: relation ?? 'unknown',
    grant_id: grant_id ?? '',
  }));

/** Where the whole run, session or stream of a row is: call ids mean something only within it. */
export const scopeOf = (row: RunRow): string => row.root_run_id ?? row.run_id ?? row.session_id ?? row.stream_id;

export const idsOf = (rows: readonly RunRow[]): readonly string[] => rows.map(({ event_id }) => event_id);

/** The values that a field has over the rows, each once, in the order of their first appearance. */
export const distinct = (rows: readonly RunRow[], valueOf: (row: RunRow) => string | undefined): readonly string[] => [
  ...new Set(rows.map(valueOf).filter((value): value is string => value !== undefined && value !== '')),
];

/** What an answer about something says of where it belongs. */
export interface Belongs {
  readonly runs: readonly string[];
  readonly sessions: readonly string[];
  readonly cases: readonly { readonly system: string; readonly type: string; readonly id: string }[];
  readonly objects: readonly {
    readonly system: string;
    readonly type: string;
    readonly id: string;
    readonly role: string;
  }[];
}

const unique = <Item>(items: readonly Item[]): readonly Item[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

export const belongsTo = (rows: readonly RunRow[]): Belongs => ({
  runs: distinct(rows, (row) => row.run_id),
  sessions: distinct(rows, (row) => row.session_id),
  cases: unique(
    rows.flatMap((row) =>
      (row.case_refs ?? []).map(({ system, type, id }) => ({ system: system ?? '', type: type ?? '', id: id ?? '' })),
    ),
  ),
  objects: unique(
    rows.flatMap((row) =>
      (row.object_refs ?? []).map(({ system, type, id, role }) => ({
        system: system ?? '',
        type: type ?? '',
        id: id ?? '',
        role: role ?? 'unknown',
      })),
    ),
  ),
});
