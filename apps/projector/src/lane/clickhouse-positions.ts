import { AffidavitError } from '@affidavit/audit-model';
import { readProjectionState, writeLogEnds, writeProjectionState } from '@affidavit/clickhouse';
import { describe } from '../events/refusal.ts';
import { type NextOffset } from './log-record.ts';
import { type LogEnd, type PositionStore } from './ports.ts';

type Client = Parameters<typeof readProjectionState>[0];

/** `projection_state` beside the tables that it speaks of, in the same engine: one cannot be lost without the other. */
export class ClickHousePositions implements PositionStore {
  readonly #client: Client;
  readonly #database: string;

  constructor(client: Client, database: string) {
    this.#client = client;
    this.#database = database;
  }

  read(): Promise<readonly NextOffset[]> {
    return available(() => readProjectionState(this.#client, this.#database));
  }

  write(positions: readonly NextOffset[]): Promise<void> {
    return available(() => writeProjectionState(this.#client, this.#database, positions));
  }

  keepEnds(ends: readonly LogEnd[]): Promise<void> {
    return available(() => writeLogEnds(this.#client, this.#database, ends));
  }
}

async function available<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new AffidavitError('store_unavailable', `ClickHouse does not answer for the positions: ${describe(error)}`, {
      retryable: true,
      cause: error,
    });
  }
}
