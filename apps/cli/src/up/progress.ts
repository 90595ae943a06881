/** One line per step with the time since the start, in plain words. */
export class Progress {
  readonly #startedAt = Date.now();
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  get elapsed(): string {
    return ((Date.now() - this.#startedAt) / 1000).toFixed(1);
  }

  step(text: string): void {
    this.#write(`${this.elapsed.padStart(6)} s  ${text}`);
  }
}
