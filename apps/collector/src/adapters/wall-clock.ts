import { type Clock } from '@affidavit/intake';

/** Milliseconds are what the operating system gives without drifting from other clocks of the machine. */
export const wallClock: Clock = () => Date.now() * 1_000;
