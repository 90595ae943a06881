import { type Assemble } from '../questions/entity-question.ts';
import { actionFrom } from '../runs/action.ts';
import { type RunRow, eventKeyOf } from '../runs/row.ts';
import { type RelatedRows } from '../store/related-reads.ts';
import { grantEvents, readAction, readCauses, readRunControls, sayingVia } from './action-rows.ts';
import { approvalOf } from './approval.ts';
import { effectOf } from './effect.ts';
import { distinct } from './parts.ts';
import { itemsOf } from './policy-in-force.ts';
import { standingReversals, undoesItself } from './reversals.ts';

export const assembleEffect: Assemble = async (read, id) => {
  const seed = await read.withIds({ effect: [id] });
  if (seed.length === 0) return null;
  const { action, links, via } = await readAction(read, seed);
  const causes = await readCauses(read, action);
  const grantIds = [
    ...new Set(action.flatMap((row) => (row.on_behalf_of ?? []).map(({ grant_id }) => grant_id ?? ''))),
  ].filter((grant) => grant !== '');
  const grants = await grantEvents(read, grantIds);
  const changes = (await read.withIds({ config_item: itemsOf(action) })).filter(
    ({ event_type }) => event_type === 'config.changed',
  );
  const undone = await standingReversals(read, [id]);
  const reverts = [...undone, ...seed.filter((row) => undoesItself(row, id) && !undone.includes(row))];
  const runControls = await readRunControls(read, action);
  const answer = effectOf(id, {
    action,
    causes,
    runControls,
    grants,
    changes,
    reverts,
    targetConfirms: await confirmsOthers(read, action),
  });
  const controls = new Set(answer.controls.map(({ event_id }) => event_id));
  const controlRows = runControls.filter(({ event_id }) => controls.has(event_id));
  const shown = new Set(
    [...action, ...causes, ...grants, ...changes, ...reverts].map(eventKeyOf).concat(controlRows.map(eventKeyOf)),
  );
  return {
    answer: { ...answer, links },
    rows: sayingVia(
      read.rows.filter((row) => shown.has(eventKeyOf(row))),
      via,
    ),
  };
};

/** Only when it matters: whether a missing confirmation is missed. */
async function confirmsOthers(read: RelatedRows, action: readonly RunRow[]): Promise<boolean> {
  const { confirmations, effects } = actionFrom(action);
  const systems = distinct(effects, (row) => row.effect?.target_system ?? row.object_refs?.[0]?.system);
  if (confirmations.length > 0 || systems.length === 0) return false;
  return read.anyConfirms(systems);
}

export const assembleApproval: Assemble = async (read, id) => {
  const seed = await read.withIds({ approval: [id] });
  if (seed.length === 0) return null;
  const { action, links, via } = await readAction(read, seed);
  return { answer: { ...approvalOf(id, action), links }, rows: sayingVia(action, via) };
};
