import { type RunRow, eventKeyOf } from '../runs/row.ts';
import { callKey, callOf, groupCalls, type ModelCall } from './model-calls.ts';
import { idsOf } from './parts.ts';
import { type ProtectionStatus } from './protection.ts';

/** One exchange of a session: what was entered, what was called, what came back. */
export interface Turn {
  /** Null where events name none: then a turn begins with each prompt. */
  readonly turn_id: string | null;
  readonly position: number;
  readonly started_at: string;
  readonly ended_at: string;
  readonly prompts: readonly string[];
  readonly responses: readonly string[];
  readonly model_calls: readonly (Pick<
    ModelCall,
    'call_id' | 'provider' | 'request_model' | 'response_model' | 'status'
  > & { readonly protection: ProtectionStatus })[];
  readonly tool_calls: readonly { readonly call_id: string; readonly tool: string; readonly status: string }[];
  readonly artifacts: readonly string[];
  readonly event_ids: readonly string[];
}

/**
 * Events that name a turn are its; the others belong to the prompt before them that names none either, else to no turn.
 */
export function turnsOf(rows: readonly RunRow[], protections: ReadonlyMap<string, ProtectionStatus>): readonly Turn[] {
  const turns = new Map<string, { id: string | null; rows: RunRow[] }>();
  let unnamed: string | null = null;
  for (const row of rows) {
    if (row.turn_id === undefined && row.event_type === 'interaction.prompt.submitted')
      unnamed = `prompt ${eventKeyOf(row)}`;
    const key = row.turn_id === undefined ? unnamed : `turn ${row.turn_id}`;
    if (key === null || row.event_type.startsWith('identity.session.')) continue;
    const turn = turns.get(key) ?? { id: row.turn_id ?? null, rows: [] };
    turn.rows.push(row);
    turns.set(key, turn);
  }
  return [...turns.values()].map(({ id, rows: own }, index) => turnOf(id, index + 1, own, protections));
}

function turnOf(
  turn_id: string | null,
  position: number,
  rows: readonly RunRow[],
  protections: ReadonlyMap<string, ProtectionStatus>,
): Turn {
  const ofType = (type: string): readonly string[] => idsOf(rows.filter(({ event_type }) => event_type === type));
  return {
    turn_id,
    position,
    started_at: rows[0]?.occurred_at ?? '',
    ended_at: rows.at(-1)?.occurred_at ?? '',
    prompts: ofType('interaction.prompt.submitted'),
    responses: ofType('interaction.response.delivered'),
    model_calls: [...groupCalls(rows)].map(([key, group]) => {
      const { call_id, provider, request_model, response_model, status } = callOf(group);
      return {
        call_id,
        provider,
        request_model,
        response_model,
        status,
        protection: protections.get(key) ?? 'not_inspected',
      };
    }),
    tool_calls: toolCallsOf(rows),
    artifacts: [
      ...new Set(rows.map((row) => row.artifact?.artifact_id).filter((id): id is string => id !== undefined)),
    ],
    event_ids: idsOf(rows),
  };
}

function toolCallsOf(rows: readonly RunRow[]): Turn['tool_calls'] {
  const calls = new Map<string, Turn['tool_calls'][number]>();
  for (const row of rows.filter(({ event_type }) => event_type.startsWith('tool.call.'))) {
    const status = row.event_type === 'tool.call.requested' ? 'open' : (row.outcome?.status ?? 'unknown');
    calls.set(callKey(row), { call_id: row.call_id ?? '', tool: row.tool?.name ?? '', status });
  }
  return [...calls.values()];
}
