import { AffidavitError } from '@affidavit/audit-model';

export interface RetryOptions {
  /** Whether this error may pass by itself. */
  readonly retryable: (error: unknown) => boolean;
  readonly onRetry: (error: unknown, attempt: number, waitMs: number) => void;
  readonly signal: AbortSignal;
  readonly firstWaitMs?: number;
  readonly maxWaitMs?: number;
}

/** Repeats one step with a growing wait until it succeeds, fails for good, or is aborted (`shutting_down`). */
export async function retrying<T>(step: () => Promise<T>, options: RetryOptions): Promise<T> {
  const maxWaitMs = options.maxWaitMs ?? 10_000;
  let waitMs = options.firstWaitMs ?? 200;
  for (let attempt = 1; ; attempt += 1) {
    if (options.signal.aborted)
      throw new AffidavitError('shutting_down', 'the projector is stopping', { retryable: true });
    try {
      return await step();
    } catch (error) {
      if (!options.retryable(error)) throw error;
      options.onRetry(error, attempt, waitMs);
    }
    await pause(waitMs, options.signal);
    waitMs = Math.min(waitMs * 2, maxWaitMs);
  }
}

/** A wait that an abort cuts short. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
