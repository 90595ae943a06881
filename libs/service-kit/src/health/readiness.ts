/**
 * Something that this process cannot work without. `check` rejects while it is away; it may take as long as it likes.
 */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<void>;
}

export interface ReadinessAnswer {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean }[];
}

const checkTimeoutMs = 2_000;
/** Anybody may ask /readyz, so asking often must not become load on Kafka: answers are shared for this long. */
const answerForMs = 500;

/** Names and yes or no; why stands in the log, since no credential is needed to ask. */
export class Readiness {
  readonly #checks: readonly ReadinessCheck[];
  #stopping = false;
  #last: { at: number; answer: Promise<ReadinessAnswer> } | null = null;

  constructor(checks: readonly ReadinessCheck[]) {
    this.#checks = checks;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** From now on not ready: a load balancer should stop sending. */
  stop(): void {
    this.#stopping = true;
  }

  async look(): Promise<ReadinessAnswer> {
    if (this.#last === null || performance.now() - this.#last.at > answerForMs) {
      this.#last = { at: performance.now(), answer: this.#ask() };
    }
    const answer = await this.#last.answer;
    return this.#stopping ? { ...answer, ready: false } : answer;
  }

  async #ask(): Promise<ReadinessAnswer> {
    const checks = await Promise.all(
      this.#checks.map(async (check) => ({ name: check.name, ok: await inTime(check) })),
    );
    return { ready: checks.every(({ ok }) => ok), checks };
  }
}

async function inTime(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), checkTimeoutMs);
  });
  try {
    return await Promise.race([check.check().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
