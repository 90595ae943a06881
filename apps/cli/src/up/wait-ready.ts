import { setTimeout as sleep } from 'node:timers/promises';
import { AffidavitError } from '@affidavit/audit-model';

const LIMIT_MS = 60_000;

/** Waits until `/readyz` answers 200: the process has its connections and may be used. */
export async function waitReady(name: string, url: string, stopped: () => boolean): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  let last = 'it did not answer';
  while (!stopped()) {
    try {
      const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
      const body = await response.text();
      if (response.ok) return;
      last = `it answered ${response.status}: ${body.slice(0, 300)}`;
    } catch {
      // Not listening yet, or on its way up again.
    }
    if (Date.now() > deadline)
      throw new AffidavitError(
        'not_ready',
        `${name} was not ready after ${LIMIT_MS / 1000} s: ${last}. Its log is logs/${name}.log in the data directory.`,
      );
    await sleep(100);
  }
}
