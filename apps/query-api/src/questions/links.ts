import { eventKey } from '@affidavit/audit-model';
export type EntityKind = 'case' | 'user' | 'object';

/** A request that leads to the thing. */
export interface Link {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

const encode = encodeURIComponent;

/**
 * The path of a timeline, such that it names exactly one thing; ids go into the query, since paths mangle some. People
 * are named by pseudonym only: no personal data in URLs that we print. Pages have the same paths without `/v1`.
 */
export function timelinePath(kind: EntityKind, name: Readonly<Record<string, string>>): string {
  const { id = '', system = '', type = '' } = name;
  switch (kind) {
    case 'case':
      return `/cases/-/timeline?system=${encode(system)}&id=${encode(id)}`;
    case 'user':
      return `/users/${encode(id)}/timeline`;
    case 'object':
      return `/objects/${encode(system)}/${encode(type)}/-/timeline?id=${encode(id)}`;
  }
}

/** How a row's event is named in a link: by its key, since two connectors may use one id. */
export function eventRef(row: Readonly<Record<string, unknown>>): string {
  const source = row['source'] as { readonly connector_id?: string } | undefined;
  const id = String(row['event_id']);
  return source?.connector_id === undefined ? id : eventKey(source.connector_id, id);
}

export const eventPath = (eventId: string): string => `/events/-?id=${encode(eventId)}`;

export const timelineLink = (kind: EntityKind, name: Readonly<Record<string, string>>): Link => ({
  method: 'GET',
  path: `/v1${timelinePath(kind, name)}`,
});
export const eventLink = (eventId: string): Link => ({ method: 'GET', path: `/v1${eventPath(eventId)}` });
export const searchLink = (body: object): Link => ({ method: 'POST', path: '/v1/search', body });

/** Things that have a view of their own. */
export type ViewKind = 'run' | 'step' | 'session' | 'artifact' | 'effect' | 'approval' | 'comparison';

const views: Readonly<Record<ViewKind, string>> = {
  run: 'runs',
  step: 'steps',
  session: 'sessions',
  artifact: 'artifacts',
  effect: 'effects',
  approval: 'approvals',
  comparison: 'comparisons',
};

export const viewLink = (kind: ViewKind, id: string): Link => ({
  method: 'GET',
  path: `/v1/${views[kind]}/-?id=${encode(id)}`,
});
