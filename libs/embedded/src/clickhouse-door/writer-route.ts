import type { ChdbResult } from 'chdb';
import { DoorError } from './door-error.ts';
import type { Engine, Preparation, RunInSession } from './engine.ts';
import { namedFormat } from './http-format.ts';
import type { DoorRequest } from './request.ts';
import type { Spool } from './spool.ts';
import { literal, plainName } from './sql-text.ts';
import { readStatement, type Statement } from './statement.ts';

export interface Answer {
  readonly result: ChdbResult | undefined;
  readonly format: string;
  /** Instead of a result: what the door itself says. */
  readonly body?: Buffer;
}

/**
 * Off unless asked for: an insert is in its table when it is answered, and nothing is dropped because it looks like a
 * repetition.
 */
const WRITER_DEFAULTS = { async_insert: '0', insert_deduplicate: '0' };
const INLINE_VALUES_BYTES = 256 << 10;

/** As a server does. The engine would run both, so two statements are looked for before. */
async function refuseSeveral(run: RunInSession, sql: string): Promise<void> {
  if (!sql.trimEnd().replace(/;$/, '').includes(';')) return;
  try {
    // Format Null: what a failed query had begun to write comes out in front of the session's next answer (tried).
    await run(`SELECT formatQuerySingleLine(${literal(sql)})`, 'Null');
  } catch (error) {
    if (/Multi-statements are not allowed/.test((error as Error).message)) {
      throw new DoorError(62, 'SYNTAX_ERROR', 'Syntax error (Multi-statements are not allowed).');
    }
  }
}

async function insert(
  run: RunInSession,
  spool: Spool,
  statement: Statement & { kind: 'insert' },
): Promise<ChdbResult | undefined> {
  const { head, settings, format } = statement.insert;
  let first = statement.first;
  let rest: AsyncIterable<unknown> = statement.rest;
  if (format.toLowerCase() === 'values') {
    // Values may hold expressions and {name:Type}, which the engine reads in a statement and not in a file.
    const chunks: Uint8Array[] = [first];
    let size = first.length;
    const iterator = statement.rest[Symbol.asyncIterator]();
    let next = await iterator.next();
    for (; !next.done && size < INLINE_VALUES_BYTES; next = await iterator.next()) {
      chunks.push(next.value as Uint8Array);
      size += (next.value as Uint8Array).length;
    }
    first = Buffer.concat(chunks);
    if (next.done) return run(`${head} ${settings} VALUES ${Buffer.from(first).toString('utf8')}`, 'TSV');
    const pending = next.value as Uint8Array;
    rest = (async function* () {
      yield pending;
      for (let more = await iterator.next(); !more.done; more = await iterator.next()) yield more.value as Uint8Array;
    })();
  }
  return spool.with(first, rest, async (file, bytes) =>
    // No data is no error over HTTP, though it is one in the engine.
    bytes === 0
      ? undefined
      : run(`${head} FROM INFILE ${literal(file)} COMPRESSION 'none' ${settings} FORMAT ${format}`, 'TSV'),
  );
}

/** A writer's statement runs as it came. `readOnly` is for GET, which changes nothing in ClickHouse either. */
export async function answerWriter(
  engine: Engine,
  spool: Spool,
  request: DoorRequest,
  readOnly: boolean,
): Promise<Answer> {
  const statement = await readStatement(request.urlQuery, request.body);
  const settings = new Map([...Object.entries(WRITER_DEFAULTS), ...request.settings, ...request.parameters]);
  const preparation: Preparation = { settings, ...(readOnly && { finalSettings: new Map([['readonly', '2']]) }) };
  return engine.withSession(preparation, async (run) => {
    if (request.database) await run(`USE ${plainName(request.database, 'database')}`, 'TSV');
    const format = request.defaultFormat ?? 'TabSeparated';
    if (statement.kind === 'insert') return { result: await insert(run, spool, statement), format };
    if (statement.sql.trim() === '') throw new DoorError(62, 'SYNTAX_ERROR', 'Syntax error: the query is empty.');
    await refuseSeveral(run, statement.sql);
    return { result: await run(statement.sql, format), format: namedFormat(statement.sql) ?? format };
  });
}
