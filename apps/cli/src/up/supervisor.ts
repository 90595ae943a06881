import { setTimeout as sleep } from 'node:timers/promises';
import { AffidavitError } from '@affidavit/audit-model';
import type { ChildHandle } from '@affidavit/embedded';

/** How to start one process. Called again after it died: it MUST come back where it was, on the same port. */
export interface ProcessDefinition<T extends ChildHandle = ChildHandle> {
  readonly name: string;
  start(): Promise<T>;
}

export interface SupervisorOptions {
  /** Told after each change of who runs. */
  readonly onChange: (pids: Readonly<Record<string, number>>) => Promise<void>;
  readonly onRestart: (name: string, how: string) => void;
  /** Told once, when something cannot be kept running. The caller then stops everything. */
  readonly onGivenUp: (error: AffidavitError) => void;
  /** Before the first, second, … restart in a row; as many restarts as there are delays. */
  readonly restartDelaysMs?: readonly number[];
  /** A process that lived as long starts with a clean sheet. */
  readonly settledMs?: number;
  /** Milliseconds; never back. */
  readonly now?: () => number;
}

/** Together they outlast the start of a killed broker, without which those that depend on it end again. */
const DELAYS_MS = [200, 1_000, 3_000, 6_000, 10_000];
/**
 * Longer than any process needs to find out that it cannot go on: one that dies of the same record each quarter of a
 * minute is given up.
 */
const SETTLED_MS = 300_000;

interface Entry {
  readonly definition: ProcessDefinition;
  child: ChildHandle;
  startedAt: number;
  /** In a row, none of which settled. */
  restarts: number;
}

/** Keeps processes running: a dead one is started again, a few times in a row, then it gives up loudly. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  /** In the order in which they were started. */
  readonly #entries = new Map<string, Entry>();
  #stopping = false;
  #lastChange: Promise<void> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  async run<T extends ChildHandle>(definition: ProcessDefinition<T>): Promise<T> {
    const child = await definition.start();
    const entry: Entry = { definition, child, startedAt: this.#now, restarts: 0 };
    this.#entries.set(definition.name, entry);
    if (this.#stopping) await child.stop();
    else void this.#keep(entry);
    await this.#changed();
    return child;
  }

  /**
   * Ends everything in the order of `names`, then the rest, last started first. When it returns, nothing of it runs.
   */
  async stop(names: readonly string[]): Promise<void> {
    this.#stopping = true;
    const rest = [...this.#entries.keys()].filter((name) => !names.includes(name)).reverse();
    for (const name of [...names, ...rest]) await this.#entries.get(name)?.child.stop();
    await this.#changed();
  }

  async #keep(entry: Entry): Promise<void> {
    const { definition } = entry;
    while (!this.#stopping) {
      const { code, signal } = await entry.child.exited;
      if (this.#stopping) return;
      await this.#changed();
      const how = signal === null ? `ended with exit code ${code ?? 'unknown'}` : `was ended by ${signal}`;
      if (!(await this.#startAgain(entry, how))) {
        this.#options.onGivenUp(
          new AffidavitError(
            'process_unstable',
            `${definition.name} ${how} and did not stay up after ${this.#delays.length} restarts in a row; its log is ` +
              `logs/${definition.name}.log in the data directory.`,
          ),
        );
        return;
      }
    }
  }

  async #startAgain(entry: Entry, how: string): Promise<boolean> {
    const { definition } = entry;
    if (this.#now - entry.startedAt >= (this.#options.settledMs ?? SETTLED_MS)) entry.restarts = 0;
    for (;;) {
      const delay = this.#delays[entry.restarts];
      if (delay === undefined) return false;
      entry.restarts += 1;
      await sleep(delay);
      if (this.#stopping) return true;
      this.#options.onRestart(definition.name, how);
      try {
        entry.child = await definition.start();
        entry.startedAt = this.#now;
      } catch {
        continue;
      }
      if (this.#stopping) await entry.child.stop();
      await this.#changed();
      return true;
    }
  }

  get #now(): number {
    return (this.#options.now ?? (() => performance.now()))();
  }

  get #delays(): readonly number[] {
    return this.#options.restartDelaysMs ?? DELAYS_MS;
  }

  /** One after another: of two changes at once, the later one is told last. */
  #changed(): Promise<void> {
    this.#lastChange = this.#lastChange.then(() =>
      this.#options.onChange(Object.fromEntries([...this.#entries].map(([name, { child }]) => [name, child.pid]))),
    );
    return this.#lastChange;
  }
}
