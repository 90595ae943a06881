export interface Terminal {
  readonly isTTY: boolean;
  readonly write: (text: string) => void;
}

const LINE_EVERY_MS = 5_000;
const REDRAW_EVERY_MS = 200;

/** Says how far an import is: one line that is redrawn on a terminal, a line now and then elsewhere. */
export class Progress {
  private readonly terminal: Terminal;
  private readonly total: number;
  private readonly now: () => number;
  private readonly startedAt: number;
  private last = 0;
  private drawn = false;

  constructor(terminal: Terminal, totalRuns: number, now: () => number) {
    this.terminal = terminal;
    this.total = totalRuns;
    this.now = now;
    this.startedAt = now();
    this.last = terminal.isTTY ? 0 : this.startedAt;
  }

  update(runs: number, events: number): void {
    const at = this.now();
    if (at - this.last < (this.terminal.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS)) return;
    this.last = at;
    const seconds = Math.max(0.001, (at - this.startedAt) / 1_000);
    this.draw(
      `${String(runs)} of ${String(this.total)} runs, ${String(events)} events, ${String(Math.round(events / seconds))} events/s`,
    );
  }

  waiting(why: string, waitMs: number): void {
    this.draw(`the collector asks to wait ${(waitMs / 1_000).toFixed(1)} s: ${why}`);
  }

  /** Leaves the redrawn line, so that what follows begins on its own. */
  end(): void {
    if (this.terminal.isTTY && this.drawn) this.terminal.write('\n');
    this.drawn = false;
  }

  private draw(text: string): void {
    this.drawn = true;
    this.terminal.write(this.terminal.isTTY ? `\r\u001B[2K${text}` : `${text}\n`);
  }
}
