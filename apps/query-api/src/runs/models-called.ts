import { callOf, type RunRow } from './row.ts';
import { eachInTurns, type Turns } from './turns.ts';

export interface ModelCalled {
  readonly provider: string | null;
  readonly model: string | null;
  readonly hosted: string | null;
  readonly calls: number;
}

/** Which models answered how many calls: of each call its last word says it. */
export class ModelsCalled {
  readonly #last = new Map<string, RunRow>();

  add(row: RunRow): void {
    this.#last.set(callOf(row), row);
  }

  /** Distinct calls, whether their begin, their end or both are recorded. */
  get calls(): number {
    return this.#last.size;
  }

  /** In the order of their first calls. */
  *list(): Turns<readonly ModelCalled[]> {
    const models = new Map<
      string,
      { provider: string | null; model: string | null; hosted: string | null; calls: number }
    >();
    yield* eachInTurns(this.#last.values(), ({ model }) => {
      const named = {
        provider: model?.provider ?? null,
        model: model?.response_model ?? model?.request_model ?? null,
        hosted: model?.hosted ?? null,
      };
      const key = JSON.stringify(named);
      const known = models.get(key);
      if (known === undefined) models.set(key, { ...named, calls: 1 });
      else known.calls += 1;
    });
    return [...models.values()];
  }
}
