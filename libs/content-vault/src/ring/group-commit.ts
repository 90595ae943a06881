interface Waiting<R, A> {
  readonly request: R;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitParts<R, A> {
  /**
   * When it returns, everything that the group needs is durable. When it throws, nobody of the group gets an answer.
   */
  readonly commit: (group: readonly R[]) => Promise<void>;
  /** Asked after the commit, for each; one that throws fails alone. */
  readonly answer: (request: R) => A;
}

/**
 * Whoever asks at about the same time shares one commit; who comes while a group is on its way to disk is in the next.
 */
export class GroupCommit<R, A> {
  readonly #parts: GroupCommitParts<R, A>;
  #waiting: Waiting<R, A>[] = [];
  #running: Promise<void> | null = null;

  constructor(parts: GroupCommitParts<R, A>) {
    this.#parts = parts;
  }

  add(request: R): Promise<A> {
    return new Promise<A>((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#parts.commit(group.map(({ request }) => request));
        for (const waiting of group) this.#answer(waiting);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#running = null;
  }

  #answer({ request, resolve, reject }: Waiting<R, A>): void {
    try {
      resolve(this.#parts.answer(request));
    } catch (error) {
      reject(error);
    }
  }
}
