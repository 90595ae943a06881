import { type HttpApp, type Log } from '@affidavit/service-kit';
import { type Assembled } from './assemble.ts';

export interface StopBounds {
  /** For requests under way, the slowest of which waits for the log as long as its writer does. */
  readonly drainMs: number;
  readonly lastWordsMs: number;
}

export const defaultStop: StopBounds = { drainMs: 9_500, lastWordsMs: 3_000 };

/** Null when it was not done in time; what it does goes on. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Refuses what is new, answers what is under way, says the last words; log and keys are closed after that. A client
 * that never sends its body to the end must not keep the last words back, nor Kafka's absence the exit: each part is
 * bounded.
 */
export async function stopCollector(
  http: Pick<HttpApp, 'close'>,
  collector: Pick<Assembled, 'end'>,
  log: Log,
  bounds: StopBounds = defaultStop,
): Promise<void> {
  if (
    (await within(
      http.close().then(() => true),
      bounds.drainMs,
    )) === null
  )
    log.warn('requests were still open at the stop');
  if ((await within(collector.end(bounds.lastWordsMs), bounds.lastWordsMs + 500)) !== true)
    log.warn('the last words did not reach the log');
}
