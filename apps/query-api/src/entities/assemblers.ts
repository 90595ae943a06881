import { type Assemble, type EntityKind } from '../questions/entity-question.ts';
import { assembleApproval, assembleEffect } from './assemble-action.ts';
import { assembleArtifact } from './assemble-artifact.ts';
import { assembleComparison } from './assemble-comparison.ts';
import { assembleSession } from './assemble-session.ts';

/** How each kind of thing is put together from its events. */
export const assemblers: Readonly<Record<EntityKind, Assemble>> = {
  session: assembleSession,
  artifact: assembleArtifact,
  effect: assembleEffect,
  approval: assembleApproval,
  comparison: assembleComparison,
};
