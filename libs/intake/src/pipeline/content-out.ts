import { AffidavitError, canonicalJson, contentScopeOf } from '@affidavit/audit-model';
import { type ContentRecord, type ContentRef } from '@affidavit/contracts';
import { type ContentVault } from '../ports.ts';
import { type DirectoryEntry, type Draft } from './draft.ts';
import { type IntakePorts } from './ports.ts';
import { subjectsOf } from './pseudonymise.ts';
import { bodyBytes } from './shape.ts';
import { type Step } from './step.ts';

export const DIRECTORY_MEDIA_TYPE = 'application/vnd.affidavit.person+json';

interface SealedRef {
  readonly ref: ContentRef;
  readonly content: ContentRecord | null;
}

async function sealRef(
  draft: Draft,
  ref: ContentRef,
  index: number,
  vault: ContentVault,
  ports: IntakePorts,
): Promise<SealedRef> {
  const body = draft.beside.bodies[index] ?? null;
  if (body === null) return { ref, content: null };
  try {
    const content = await vault.seal({
      tenant_id: draft.record.tenant_id,
      scope: contentScopeOf(draft.record),
      media_type: ref.media_type,
      bytes: bodyBytes(body, ports.bytes),
      subjects: subjectsOf(draft.record),
    });
    return { ref: { ...ref, content_id: content.content_id }, content };
  } catch (error) {
    // The scope was erased: its late content must not come back under a new key, and the event must not be lost over
    // it.
    if (!(error instanceof AffidavitError) || error.code !== 'key_destroyed') throw error;
    return { ref: { ...ref, capture: 'none', size_bytes: null, transform: 'key_destroyed' }, content: null };
  }
}

async function sealPerson(
  tenantId: string,
  entry: DirectoryEntry,
  vault: ContentVault,
  ports: IntakePorts,
): Promise<ContentRecord | null> {
  const { pseudonym, issuer, raw_id, display_name } = entry;
  try {
    return await vault.seal({
      tenant_id: tenantId,
      scope: { kind: 'person', id: pseudonym },
      media_type: DIRECTORY_MEDIA_TYPE,
      bytes: ports.bytes.utf8(canonicalJson({ issuer, raw_id, display_name })),
      subjects: [pseudonym],
    });
  } catch (error) {
    // An erased person stays erased: their pseudonym may still come in, their name is not written down again.
    if (!(error instanceof AffidavitError) || error.code !== 'key_destroyed') throw error;
    return null;
  }
}

const hasBody = ({ beside }: Draft): boolean => beside.bodies.some((body) => body !== null);

async function sealAll(
  draft: Draft,
  unknown: readonly DirectoryEntry[],
  vault: ContentVault,
  ports: IntakePorts,
): Promise<Draft> {
  const { tenant_id } = draft.record;
  const [refs, people] = await Promise.all([
    Promise.all(draft.record.content.map((ref, index) => sealRef(draft, ref, index, vault, ports))),
    Promise.all(unknown.map((entry) => sealPerson(tenant_id, entry, vault, ports))),
  ]);
  const contents = [...refs.map(({ content }) => content), ...people].filter((content) => content !== null);
  return { ...draft, directory: unknown, contents, record: { ...draft.record, content: refs.map(({ ref }) => ref) } };
}

/**
 * Bodies and names leave the event, encrypted. An outage of the key ring rejects the whole run of the pipeline
 * (retryable): it is nobody's fault, so no item is refused for it.
 */
export const contentOut: Step = {
  name: 'content out',
  async run(drafts, ports) {
    const { vault } = ports;
    const done = [...drafts];
    const sealing: Promise<void>[] = [];
    if (vault !== null)
      for (const [at, draft] of drafts.entries()) {
        const directory = draft.directory.filter((entry) => !ports.knowsPerson(draft.record.tenant_id, entry));
        // Most events have neither a body nor a new person: they wait for nothing.
        if (directory.length === 0 && !hasBody(draft)) done[at] = { ...draft, directory };
        else sealing.push(sealAll(draft, directory, vault, ports).then((one) => void (done[at] = one)));
      }
    await Promise.all(sealing);
    return done.map((draft) => ({ status: 'passed', draft }));
  },
};
