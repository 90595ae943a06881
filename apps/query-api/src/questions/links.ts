export type EntityKind = 'case' | 'user' | 'object';

const encode = encodeURIComponent;

/**
 * The path of a timeline, such that it names exactly one thing. Ids that paths may mangle (slashes, dots) and systems go
 * into the query. People are named by pseudonym only: no personal data in URLs that we print.
 */
export function timelineLink(kind: EntityKind, name: Readonly<Record<string, string>>): string {
  return `/v1${timelinePath(kind, name)}`;
}

/** The same path on the pages, which stand beside the API. */
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

export const eventPath = (eventId: string): string => `/events/${encode(eventId)}`;
