import { kindOf } from './kinds.ts';
import { type RunRow } from './row.ts';

export interface UsageTotals {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cached_tokens: number;
  readonly reasoning_tokens: number;
  /** Summed per currency, as decimals with the places of `usage.cost`, twelve. */
  readonly cost: readonly { readonly currency: string; readonly amount: string }[];
}

const PLACES = 12;
const ONE = 10n ** BigInt(PLACES);

const toUnits = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const size = BigInt(whole.replace('-', '')) * ONE + BigInt(fraction.padEnd(PLACES, '0').slice(0, PLACES));
  return decimal.startsWith('-') ? -size : size;
};

const toDecimal = (units: bigint): string => {
  const size = units < 0n ? -units : units;
  return `${units < 0n ? '-' : ''}${size / ONE}.${String(size % ONE).padStart(PLACES, '0')}`;
};

const counters = ['input_tokens', 'output_tokens', 'cached_tokens', 'reasoning_tokens'] as const;

/** Adds up what calls used, row by row: so a replay can say what had been used at each frame. */
export class UsageSum {
  readonly #tokens = { input_tokens: 0, output_tokens: 0, cached_tokens: 0, reasoning_tokens: 0 };
  readonly #cost = new Map<string, bigint>();

  add({ usage }: RunRow): void {
    if (usage === undefined) return;
    for (const name of counters) this.#tokens[name] += usage[name] ?? 0;
    if (usage.cost !== undefined)
      this.#cost.set(usage.currency ?? '', (this.#cost.get(usage.currency ?? '') ?? 0n) + toUnits(usage.cost));
  }

  total(): UsageTotals {
    return {
      ...this.#tokens,
      cost: [...this.#cost]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([currency, units]) => ({ currency, amount: toDecimal(units) })),
    };
  }
}

/** Whether the row says what something used that no other row says again: a run's own total repeats its calls'. */
export const isUse = (row: RunRow): boolean => kindOf(row.event_type) !== 'run';

/** What the calls used; where no call says, what the runs say of themselves. */
export class RunUsage {
  readonly #calls = new UsageSum();
  readonly #runs = new UsageSum();
  #said = false;

  add(row: RunRow): void {
    if (row.usage === undefined) return;
    if (!isUse(row)) return this.#runs.add(row);
    this.#said = true;
    this.#calls.add(row);
  }

  total(): UsageTotals {
    return (this.#said ? this.#calls : this.#runs).total();
  }
}
