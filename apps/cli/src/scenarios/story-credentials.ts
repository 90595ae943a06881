import { connectors } from '@affidavit/scenarios';
import { openCredentialStore } from '@affidavit/service-kit';
import { changeStoryState, readStoryState } from './story-state.ts';

export interface StoryCredentials {
  /** By connector id. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Some were made just now: running services take them at their next look. */
  readonly made: boolean;
}

/**
 * Each connector of the stories has a credential of its own, as narrow as the connector. A revoked one stays revoked.
 */
export async function ensureStoryCredentials(
  files: { readonly state: string; readonly store: string },
  tenant: string,
): Promise<StoryCredentials> {
  const store = openCredentialStore(files.store);
  const known = (await readStoryState(files.state))?.tokens ?? {};
  const ids = new Set(store.list().map(({ id }) => id));
  const tokens = new Map<string, string>();
  let made = false;
  for (const { connector_id, ...rights } of connectors) {
    const token = known[connector_id];
    if (token !== undefined && ids.has(token.split('_')[1] ?? '')) {
      tokens.set(connector_id, token);
    } else {
      made = true;
      tokens.set(
        connector_id,
        (
          await store.add({
            name: `stories: ${connector_id}`,
            role: 'connector',
            tenant_id: tenant,
            connector_id,
            ...rights,
          })
        ).token,
      );
    }
  }
  if (made) await changeStoryState(files.state, { tokens: Object.fromEntries(tokens) });
  return { tokens, made };
}
