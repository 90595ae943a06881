import { type RunQuery } from '../store/engine.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { type Standpoint, takeStandpoint } from './list-question.ts';

/** Where a question stands that has no pages: at the token it was given, else at what is projected now. */
export async function standAt(
  run: RunQuery,
  generation: string,
  tenantId: string,
  asOf: string | undefined,
): Promise<Standpoint> {
  const state = await readProjectionState(run, generation);
  return takeStandpoint(run, state, tenantId, { limit: 1, from: null, to: null, asOf, cursor: undefined }, {});
}
