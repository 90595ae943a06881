import { eventKeyOf } from '../runs/row.ts';
import { type Assemble } from '../questions/entity-question.ts';
import { artifactOf } from './artifact.ts';
import { distinct } from './parts.ts';

export const assembleArtifact: Assemble = async (read, id) => {
  const own = await read.withIds({ artifact: [id] });
  const children = await read.withIds({ parent_artifact: [id] });
  if (own.length === 0 && children.length === 0) return null;
  const calls = await read.withIds({
    call: [...distinct(own, (row) => row.artifact?.produced_by_call_id), ...distinct(own, (row) => row.call_id)],
  });
  const relevant = calls.filter(
    (row) => row.event_type.startsWith('model.call.') || row.event_type === 'content.copied',
  );
  const changes = (
    await read.withIds({ config_item: distinct([...own, ...relevant], (row) => row.agent?.config_id) })
  ).filter(({ event_type }) => event_type === 'config.changed');
  const artifact = artifactOf(id, { own, calls: relevant, changes, children });
  const named = new Set([
    ...artifact.versions.flatMap(({ produced_by }) => produced_by?.event_ids ?? []),
    ...artifact.moves.map(({ event_id }) => event_id),
    ...artifact.versions.flatMap(({ produced_by }) => produced_by?.configuration_change?.event_id ?? []),
  ]);
  const ownIds = new Set([...own, ...children].map(eventKeyOf));
  return {
    answer: { artifact },
    rows: read.rows.filter((row) => ownIds.has(eventKeyOf(row)) || named.has(row.event_id)),
  };
};
