import { type Client, type Parameters, type Read } from '../facts/engine.ts';

/** Up to where one partition is in the tables, or was worked through. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: number;
  /** Broker time, as ClickHouse writes it. */
  readonly last_timestamp: string;
}

/** New records of one partition: from inclusive to exclusive. `since` is a broker time before which none of them is. */
export interface Window {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly since: string;
}

const READER = 'linker';
/** So many records of a partition in one round: a backlog is worked through bit by bit, and a kill costs one bit. */
const MAX_RECORDS = 20_000;
const BEGINNING = '1970-01-01 00:00:00.000';

export async function readPositions(read: Read, generation: string): Promise<readonly Position[]> {
  return read<Position>(`SELECT topic, partition, max(next_offset) AS next_offset,
    toString(max(last_timestamp)) AS last_timestamp FROM ${generation}.projection_state
    WHERE topic IN ('audit.activity.v1', 'audit.control.v1') GROUP BY topic, partition ORDER BY topic, partition`);
}

export async function readDone(read: Read, generation: string): Promise<readonly Position[]> {
  return read<Position>(
    `SELECT topic, partition, max(next_offset) AS next_offset, toString(max(last_timestamp)) AS last_timestamp
      FROM ${generation}.reader_state
    WHERE reader = {reader:String} GROUP BY topic, partition`,
    { reader: READER },
  );
}

/** Pure: what is new, given where the tables stand and what was done. */
export function windowsOf(
  projected: readonly Position[],
  done: readonly Position[],
  maxRecords = MAX_RECORDS,
): readonly Window[] {
  return projected.flatMap(({ topic, partition, next_offset }) => {
    const before = done.find((one) => one.topic === topic && one.partition === partition);
    const from = before?.next_offset ?? 0;
    return next_offset <= from
      ? []
      : [
          {
            topic,
            partition,
            from,
            to: Math.min(next_offset, from + maxRecords),
            since: before?.last_timestamp ?? BEGINNING,
          },
        ];
  });
}

/** Written when everything that the windows led to is acknowledged. Lost, it is only done again. */
export async function writeDone(
  client: Client,
  read: Read,
  generation: string,
  windows: readonly Window[],
): Promise<void> {
  const { sql, parameters } = inWindows(windows);
  // Later records of a partition are never older than these, by the broker's clock.
  const newest = await read<{ topic: string; partition: number; newest: string }>(
    `SELECT kafka_topic AS topic, kafka_partition AS partition, toString(max(kafka_timestamp)) AS newest
      FROM ${generation}.events WHERE ${sql} GROUP BY topic, partition`,
    parameters,
  );
  await client.insert({
    table: `${generation}.reader_state`,
    format: 'JSONEachRow',
    values: windows.map(({ topic, partition, to, since }) => ({
      reader: READER,
      topic,
      partition,
      next_offset: to,
      last_timestamp: newest.find((one) => one.topic === topic && one.partition === partition)?.newest ?? since,
    })),
  });
}

/**
 * The windows as a condition. The broker time stands beside the offsets, since only that lets old parts be passed over.
 */
export function inWindows(windows: readonly Window[]): { readonly sql: string; readonly parameters: Parameters } {
  const parameters: Record<string, string | number> = {};
  const parts = windows.map(({ topic, partition, from, to, since }, index) => {
    Object.assign(parameters, {
      [`t${index}`]: topic,
      [`p${index}`]: partition,
      [`f${index}`]: from,
      [`u${index}`]: to,
      [`s${index}`]: since,
    });
    return (
      `(kafka_topic = {t${index}:String} AND kafka_partition = {p${index}:Int32} AND kafka_offset >= {f${index}:Int64} AND ` +
      `kafka_offset < {u${index}:Int64} AND kafka_timestamp >= {s${index}:DateTime64(3, 'UTC')})`
    );
  });
  return { sql: `(${parts.join(' OR ')})`, parameters };
}

/** Everything before the given positions: rows beyond may be there, half of them. */
export function before(positions: readonly Position[]): { readonly sql: string; readonly parameters: Parameters } {
  const topics = [...new Set(positions.map(({ topic }) => topic))];
  const parameters: Record<string, string | number[]> = {};
  const parts = topics.map((topic, index) => {
    const offsets: number[] = [];
    for (const one of positions.filter((position) => position.topic === topic)) {
      while (offsets.length <= one.partition) offsets.push(0);
      offsets[one.partition] = one.next_offset;
    }
    Object.assign(parameters, { [`vt${index}`]: topic, [`vo${index}`]: offsets });
    return `(kafka_topic = {vt${index}:String} AND kafka_offset < {vo${index}:Array(Int64)}[kafka_partition + 1])`;
  });
  return { sql: parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`, parameters };
}
