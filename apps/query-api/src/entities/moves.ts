import { type RunRow } from '../runs/row.ts';
import { actorOf, type Party, principalsOf } from './parts.ts';

/** Content that left the place where it was made. */
export interface Move {
  readonly kind: 'downloaded' | 'exported' | 'shared' | 'copied' | 'sent';
  readonly event_id: string;
  readonly at: string;
  readonly by: Party;
  readonly on_behalf_of: readonly Party[];
  readonly artifact_id: string | null;
  readonly version: string | null;
  /** A system or domain. */
  readonly destination: string | null;
  readonly recipients: readonly {
    readonly id: string;
    readonly issuer: string;
    readonly domain: string;
    readonly kind: string;
    readonly external: boolean;
  }[];
  /** Somebody outside got it; null when nobody says. */
  readonly external: boolean | null;
  readonly status: string;
  /** Format, visibility, target: what the type's details say. */
  readonly details: Readonly<Record<string, string>>;
}

const kinds: Readonly<Record<string, Move['kind']>> = {
  'artifact.file.downloaded': 'downloaded',
  'content.exported': 'exported',
  'content.shared': 'shared',
  'content.copied': 'copied',
  'message.sent': 'sent',
};

export const isMove = (row: RunRow): boolean => Object.hasOwn(kinds, row.event_type);

export const movesOf = (rows: readonly RunRow[]): readonly Move[] => rows.filter(isMove).map(moveOf);

function moveOf(row: RunRow): Move {
  const recipients = (row.message?.recipients ?? []).map(({ id, issuer, domain, kind, external }) => ({
    id: id ?? '',
    issuer: issuer ?? '',
    domain: domain ?? '',
    kind: kind ?? 'unknown',
    external: external ?? false,
  }));
  return {
    kind: kinds[row.event_type] ?? 'copied',
    event_id: row.event_id,
    at: row.occurred_at,
    by: actorOf(row),
    on_behalf_of: principalsOf(row),
    artifact_id: row.artifact?.artifact_id ?? null,
    version: row.artifact?.version ?? null,
    destination: row.artifact?.destination ?? null,
    recipients,
    external: recipients.length === 0 ? null : recipients.some(({ external }) => external),
    status: row.outcome?.status ?? 'unknown',
    details: row.details ?? {},
  };
}
