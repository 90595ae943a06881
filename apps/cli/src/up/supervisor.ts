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
  /** Before the first, second, … restart within the window; as many restarts as there are delays. */
  readonly restartDelaysMs?: readonly number[];
  readonly windowMs?: number;
}

/** Together they outlast the start of a killed broker, without which those that depend on it end again. */
const DELAYS_MS = [200, 1_000, 3_000, 6_000, 10_000];
const WINDOW_MS = 60_000;

interface Entry {
  readonly definition: ProcessDefinition;
  child: ChildHandle;
  readonly restarts: number[];
}

/** Keeps processes running: a dead one is started again, a few times a minute, then it gives up loudly. */
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
    const entry: Entry = { definition, child, restarts: [] };
    this.#entries.set(definition.name, entry);
    if (this.#stopping) await child.stop();
    else void this.#keep(entry);
    await this.#changed();
    return child;
  }

  /** Ends everything in the order of `names`, then the rest, last started first. When it returns, nothing of it runs. */
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
          new AffidavitError('process_unstable', `${definition.name} ${how} and did not stay up after ${this.#delays.length} restarts within a minute; its log is logs/${definition.name}.log in the data directory.`),
        );
        return;
      }
    }
  }

  async #startAgain(entry: Entry, how: string): Promise<boolean> {
    const { definition, restarts } = entry;
    for (;;) {
      const recent = restarts.filter((at) => Date.now() - at < (this.#options.windowMs ?? WINDOW_MS));
      const delay = this.#delays[recent.length];
      if (delay === undefined) return false;
      restarts.splice(0, restarts.length, ...recent, Date.now());
      await sleep(delay);
      if (this.#stopping) return true;
      this.#options.onRestart(definition.name, how);
      try {
        entry.child = await definition.start();
      } catch {
        continue;
      }
      if (this.#stopping) await entry.child.stop();
      await this.#changed();
      return true;
    }
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
