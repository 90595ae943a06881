import { AffidavitError } from '@affidavit/audit-model';

export interface Booted {
  /** What the tests find in process.env. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts, prints the environment as one line of JSON, waits until stdin closes (which also a killed Jest does), stops.
 */
export async function runBoot(start: () => Promise<Booted>): Promise<void> {
  const ended = new Promise<void>((resolve) => process.stdin.once('close', resolve).once('end', resolve).resume());
  try {
    const booted = await start();
    console.log(JSON.stringify(booted.environment));
    await ended;
    await booted.stop();
    process.exit(0);
  } catch (error) {
    console.error(error instanceof AffidavitError ? error.message : error);
    process.exit(1);
  }
}
