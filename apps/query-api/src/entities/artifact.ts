import { type RunRow, eventKeyOf } from '../runs/row.ts';
import { callOf, type ModelCall } from './model-calls.ts';
import { type Move, movesOf } from './moves.ts';
import { actorOf, belongsTo, type Belongs, distinct, idsOf, type Party, principalsOf, scopeOf } from './parts.ts';

/** What made a version, and how that is known. */
export interface Production {
  /** produced_by_call_id, call_id: the event names the call. event: only the event itself names the model. */
  readonly basis: 'produced_by_call_id' | 'call_id' | 'event';
  readonly call_id: string | null;
  readonly call_on_record: boolean;
  readonly model: {
    readonly provider: string | null;
    readonly request_model: string | null;
    readonly response_model: string | null;
    readonly hosted: string | null;
    readonly region: string | null;
  };
  readonly configuration: ModelCall['configuration'];
  /** The newest change of the agent's configuration that was in force then; null when none is on record. */
  readonly configuration_change: {
    readonly item_id: string;
    readonly item_version: string;
    readonly to_hash: string;
    readonly effective_at: string;
    readonly event_id: string;
  } | null;
  readonly usage: ModelCall['usage'];
  readonly at: string | null;
  readonly run_id: string | null;
  readonly session_id: string | null;
  readonly event_ids: readonly string[];
}

export interface ArtifactVersion {
  readonly version: string | null;
  readonly at: string;
  readonly how: string;
  readonly by: Party;
  readonly on_behalf_of: readonly Party[];
  readonly media_type: string | null;
  readonly size_bytes: number | null;
  readonly mac: string | null;
  readonly produced_by: Production | null;
  readonly event_ids: readonly string[];
}

export interface Relative {
  readonly artifact_id: string;
  readonly event_ids: readonly string[];
}

export interface Artifact {
  readonly artifact_id: string;
  /** In the order in which they came to be; at least one. */
  readonly versions: readonly ArtifactVersion[];
  /** Of the newest version that a call produced; null for what people brought. */
  readonly produced_by: Production | null;
  readonly parents: readonly Relative[];
  readonly children: readonly Relative[];
  readonly analysed_by: readonly {
    readonly event_id: string;
    readonly at: string;
    readonly provider: string | null;
    readonly model: string | null;
    readonly operation: string | null;
  }[];
  readonly moves: readonly Move[];
  readonly left: boolean;
  readonly belongs_to: Belongs;
  readonly event_ids: readonly string[];
}

/** Types by which a version comes to be. */
const makers: ReadonlySet<string> = new Set([
  'artifact.produced',
  'artifact.file.uploaded',
  'artifact.file.transformed',
]);

export interface ArtifactRows {
  /** Of the artifact itself. */
  readonly own: readonly RunRow[];
  /** Calls that produced a version. */
  readonly calls: readonly RunRow[];
  /** `config.changed` of the agents' configurations. */
  readonly changes: readonly RunRow[];
  /** Of what was made from it. */
  readonly children: readonly RunRow[];
}

export function artifactOf(artifactId: string, { own, calls, changes, children }: ArtifactRows): Artifact {
  const versions = versionsOf(own, calls, changes);
  // Copies name the call whose answer was copied, and perhaps no artifact.
  const producing = new Set(
    versions.flatMap(({ produced_by }) => (produced_by?.call_id == null ? [] : [produced_by.call_id])),
  );
  const moved = [
    ...own,
    ...calls.filter(
      (row) =>
        row.event_type === 'content.copied' &&
        row.artifact?.artifact_id === undefined &&
        producing.has(row.call_id ?? ''),
    ),
  ];
  const moves = [...movesOf(moved)].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    artifact_id: artifactId,
    versions,
    produced_by: versions.findLast(({ produced_by }) => produced_by !== null)?.produced_by ?? null,
    parents: relatives(own, (row) => row.artifact?.parent_artifact_id),
    children: relatives(children, (row) => row.artifact?.artifact_id),
    analysed_by: own
      .filter(({ event_type }) => event_type === 'artifact.file.analyzed')
      .map((row) => ({
        event_id: row.event_id,
        at: row.occurred_at,
        provider: row.model?.provider ?? null,
        model: row.model?.response_model ?? row.model?.request_model ?? null,
        operation: row.details?.['operation'] ?? null,
      })),
    moves,
    left: moves.length > 0,
    belongs_to: belongsTo(own),
    event_ids: idsOf(own),
  };
}

const relatives = (rows: readonly RunRow[], idOf: (row: RunRow) => string | undefined): readonly Relative[] =>
  distinct(rows, idOf).map((artifact_id) => ({
    artifact_id,
    event_ids: idsOf(rows.filter((row) => idOf(row) === artifact_id)),
  }));

/** One per version that the events name; where they name none, one per event that made something. */
function versionsOf(
  own: readonly RunRow[],
  calls: readonly RunRow[],
  changes: readonly RunRow[],
): readonly ArtifactVersion[] {
  const made = own.filter(({ event_type }) => makers.has(event_type));
  const groups = new Map<string, RunRow[]>();
  for (const row of made.length === 0 ? own.slice(0, 1) : made) {
    const key = row.artifact?.version === undefined ? `event ${eventKeyOf(row)}` : `version ${row.artifact.version}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((rows) => {
    const [first] = rows as [RunRow];
    return {
      version: first.artifact?.version ?? null,
      at: first.occurred_at,
      how: first.event_type,
      by: actorOf(first),
      on_behalf_of: principalsOf(first),
      media_type: first.artifact?.media_type ?? null,
      size_bytes: first.artifact?.size_bytes ?? null,
      mac: first.artifact?.mac ?? null,
      produced_by: rows.map((row) => productionOf(row, calls, changes)).find((one) => one !== null) ?? null,
      event_ids: idsOf(rows),
    };
  });
}

function productionOf(row: RunRow, calls: readonly RunRow[], changes: readonly RunRow[]): Production | null {
  if (row.event_type === 'artifact.file.uploaded' && row.artifact?.produced_by_call_id === undefined) return null;
  const callId = row.artifact?.produced_by_call_id ?? row.call_id;
  const sameCall = calls.filter((call) => call.call_id === callId && call.event_type.startsWith('model.call.'));
  // Ids of calls are not unique over runs; an event that stands outside of every run can only mean its call by id.
  const near = sameCall.filter((call) => scopeOf(call) === scopeOf(row));
  const group = near.length > 0 ? near : sameCall;
  const call = group.length === 0 ? callOf([row]) : callOf(group);
  if (callId === undefined && row.model === undefined) return null;
  const at = call.requested_at ?? call.ended_at ?? row.occurred_at;
  return {
    basis:
      callId === undefined
        ? 'event'
        : row.artifact?.produced_by_call_id === undefined
          ? 'call_id'
          : 'produced_by_call_id',
    call_id: callId ?? null,
    call_on_record: group.length > 0,
    model: {
      provider: call.provider,
      request_model: call.request_model,
      response_model: call.response_model,
      hosted: call.hosted,
      region: call.region,
    },
    configuration: call.configuration,
    configuration_change: changeInForce(changes, call.configuration.agent?.config_id, at),
    usage: call.usage,
    at,
    run_id: call.run_id,
    session_id: call.session_id,
    event_ids: group.length > 0 ? call.event_ids : [row.event_id],
  };
}

/**
 * The newest change of an item that was in force at a time; what says no effective_at is in force from when it
 * occurred.
 */
export function changeInForce(
  changes: readonly RunRow[],
  itemId: string | undefined,
  at: string,
): Production['configuration_change'] {
  if (itemId === undefined) return null;
  const effective = (row: RunRow): string => (row.change?.effective_at as string | undefined) ?? row.occurred_at;
  const [newest] = changes
    .filter((row) => row.change?.item_id === itemId && effective(row) <= at)
    .sort((a, b) =>
      effective(a) > effective(b) ? -1 : effective(a) < effective(b) ? 1 : b.occurred_at > a.occurred_at ? 1 : -1,
    );
  return newest === undefined
    ? null
    : {
        item_id: itemId,
        item_version: newest.change?.item_version ?? '',
        to_hash: newest.change?.to_hash ?? '',
        effective_at: effective(newest),
        event_id: newest.event_id,
      };
}
