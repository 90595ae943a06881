import { isFailure, type RunRow } from '../runs/row.ts';
import { type RelatedRows } from '../store/related-reads.ts';
import { distinct } from './parts.ts';

const reverting: ReadonlySet<string> = new Set([
  'object.change.reverted',
  'object.changed',
  'object.change.confirmed',
  'process.triggered',
  'message.sent',
]);
/** A reversal can be reversed, and that again; nobody goes on for long. */
const MAX_DEPTH = 4;

/**
 * An event of the effect that says that the effect itself was undone; a reversal that names another effect is that
 * one's undoing.
 */
export const undoesItself = ({ event_type, effect }: RunRow, effectId: string): boolean =>
  event_type === 'object.change.reverted' &&
  (effect?.reverts_effect_id === undefined || effect.reverts_effect_id === effectId);

/** What undid the effects, but for what was undone itself. */
export async function standingReversals(
  read: RelatedRows,
  effectIds: readonly string[],
  depth = MAX_DEPTH,
): Promise<readonly RunRow[]> {
  if (effectIds.length === 0 || depth === 0) return [];
  const found = (await read.withIds({ reverted_effect: effectIds })).filter(
    (row) => reverting.has(row.event_type) && !isFailure(row),
  );
  const own = distinct(found, (row) => row.effect_id).filter((id) => !effectIds.includes(id));
  const undone = new Set((await standingReversals(read, own, depth - 1)).map((row) => row.effect?.reverts_effect_id));
  return found.filter((row) => row.effect_id === undefined || !undone.has(row.effect_id));
}
