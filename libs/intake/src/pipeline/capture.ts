import { type ContentRef } from '@affidavit/contracts';
import { type Body } from './draft.ts';
import { type CaptureLevel } from './ports.ts';
import { each } from './step.ts';

const STRENGTH: Readonly<Record<CaptureLevel, number>> = { none: 0, metadata: 1, full: 2 };

/** The sender may ask for less than the policy allows, never for more. */
function levelOf(ref: ContentRef, allowed: CaptureLevel): CaptureLevel {
  const asked = ref.capture === 'metadata' || ref.capture === 'none' ? ref.capture : 'full';
  return STRENGTH[asked] < STRENGTH[allowed] ? asked : allowed;
}

function applied(
  ref: ContentRef,
  body: Body | null,
  level: CaptureLevel,
): { readonly ref: ContentRef; readonly body: Body | null } {
  if (level === 'none') return { ref: { ...ref, capture: 'none', size_bytes: null, media_type: '' }, body: null };
  if (level === 'metadata' || body === null) return { ref: { ...ref, capture: 'metadata' }, body: null };
  return { ref: { ...ref, capture: ref.capture === 'masked' ? 'masked' : 'full' }, body };
}

/** What is kept of each body; the level that was applied stands on the event. */
export const captureLevel = each('capture level', (draft, ports) => {
  if (draft.record.content.length === 0) return draft;
  const applications = draft.record.content.map((ref, index) =>
    applied(ref, draft.beside.bodies[index] ?? null, levelOf(ref, ports.capturePolicy(draft.record, ref.role))),
  );
  return {
    ...draft,
    record: { ...draft.record, content: applications.map(({ ref }) => ref) },
    beside: { ...draft.beside, bodies: applications.map(({ body }) => body) },
  };
});
