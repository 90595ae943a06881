import { unreachable } from '@affidavit/audit-model';
import { kindOf, type NodeKind } from './kinds.ts';
import { type RunRow } from './row.ts';
import { eachInTurns, type Turns } from './turns.ts';

/** Who acts in a row: people, an agent, a model's provider, a control, or one of the systems. */
export interface LaneName {
  readonly kind: 'people' | 'agent' | 'model' | 'control' | 'system';
  /** Provider, system, agent; of people none: they are pseudonyms, and one lane. */
  readonly name: string;
}

export interface Lane extends LaneName {
  readonly id: string;
  readonly events: number;
  readonly first_at: string;
  readonly last_at: string;
}

export const laneId = ({ kind, name }: LaneName): string => (name === '' ? kind : `${kind}:${name}`);

const people: LaneName = { kind: 'people', name: '' };
const system = (...names: (string | undefined)[]): LaneName => ({
  kind: 'system',
  name: names.find((name) => name !== undefined && name !== '') ?? 'unknown',
});

export function laneOf(row: RunRow): LaneName {
  const kind = kindOf(row.event_type);
  switch (kind) {
    case 'model_call':
      return { kind: 'model', name: row.model?.provider ?? 'unknown' };
    case 'tool_call':
    case 'read':
      return system(row.effect?.target_system, row.tool?.server, row.object_refs?.[0]?.system, row.source?.system);
    case 'effect':
    case 'process':
    case 'confirmation':
    case 'revert':
      return system(row.effect?.target_system, row.object_refs?.[0]?.system, row.tool?.server, row.source?.system);
    case 'message':
      return system(
        row.effect?.target_system,
        row.tool?.server,
        row.object_refs?.[0]?.system,
        row.message?.channel,
        row.source?.system,
      );
    case 'retrieval':
    case 'memory':
      return system(row.retrieval?.source_id, row.source?.system);
    case 'policy':
    case 'inspection':
    case 'masking':
    case 'block':
      return { kind: 'control', name: '' };
    case 'approval':
      return row.event_type === 'approval.decided' ? people : actorLane(row, kind);
    case 'run':
    case 'step':
    case 'plan':
    case 'delegation':
    case 'decision':
    case 'prompt':
    case 'response':
    case 'exception':
    case 'escalation':
    case 'override':
    case 'artifact':
    case 'comparison':
    case 'feedback':
    case 'review':
    case 'link':
    case 'other':
      return actorLane(row, kind);
    default:
      return unreachable(kind);
  }
}

function actorLane(row: RunRow, kind: NodeKind): LaneName {
  if (row.actor?.type === 'human') return people;
  if (row.actor?.type === 'agent' || kind === 'run' || kind === 'step' || kind === 'decision')
    return { kind: 'agent', name: row.agent?.name ?? row.agent?.id ?? row.actor?.id ?? '' };
  return system(row.source?.system);
}

/** In the order in which they first appear. */
export function* lanesOf(rows: readonly RunRow[]): Turns<readonly Lane[]> {
  const lanes = new Map<string, { name: LaneName; events: number; first_at: string; last_at: string }>();
  yield* eachInTurns(rows, (row) => {
    const name = laneOf(row);
    const id = laneId(name);
    const known = lanes.get(id);
    if (known === undefined)
      return void lanes.set(id, { name, events: 1, first_at: row.occurred_at, last_at: row.occurred_at });
    known.events += 1;
    known.last_at = row.occurred_at;
  });
  return [...lanes].map(([id, { name, ...found }]) => ({ id, ...name, ...found }));
}
