import { cpus, totalmem } from 'node:os';

/** A part of the benchmark: `run` measures it with a peer in the same run and prints a table. */
export interface BenchPart {
  /** One line: its options and what it measures. */
  readonly usage: string;
  run(options: readonly string[]): Promise<void>;
}

/** One side of a comparison; `measure` answers its figures of one round, by name. */
export interface Side<T> {
  readonly name: string;
  measure(round: number): Promise<T>;
}

export interface Rounds<T> {
  readonly name: string;
  readonly figures: readonly T[];
}

/** Every side once a round, in turn, so that a machine that is busy for a while is busy for all of them. */
export async function interleaved<T>(
  sides: readonly Side<T>[],
  rounds: number,
  onRound: (side: string, round: number, figures: T) => void,
): Promise<readonly Rounds<T>[]> {
  const figures = new Map<string, T[]>(sides.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    // The first of one round is the last of the next: neither always runs on the warmer machine.
    for (const side of round % 2 === 1 ? sides : [...sides].reverse()) {
      const measured = await side.measure(round);
      onRound(side.name, round, measured);
      figures.get(side.name)?.push(measured);
    }
  }
  return sides.map(({ name }) => ({ name, figures: figures.get(name) ?? [] }));
}

/** The middle value; of an even count the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** The value below which the share `p` (0 to 1) of the values lies, by nearest rank. NaN for none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? NaN;
}

/** Rows of cells as a table of aligned columns; the first row is the head. Cells after the first stand to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  const [head = [], ...body] = rows;
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n');
}

/** `12,345` for counts, two decimals for what is small. */
export const figure = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);

/** Which machine a figure holds for: it stands under every table. */
export const machine = (): string =>
  `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
  `Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
