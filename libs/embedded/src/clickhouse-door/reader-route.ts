import { clientHandshake } from './client-handshake.ts';
import { DoorError, accessDenied, badArguments, syntaxError } from './door-error.ts';
import type { Engine, RunInSession } from './engine.ts';
import { loadFunctionPolicy, type FunctionPolicy } from './function-policy.ts';
import { MAX_READER_QUERY_BYTES, prepareReader } from './reader-limits.ts';
import { assertReadable, PUBLIC_DATABASE } from './reader-policy.ts';
import { classify, type ReaderStatement } from './reader-statement.ts';
import { ENGINE_VERSION } from './http-format.ts';
import type { QueryRecord, RecordQuery } from './query-record.ts';
import type { DoorRequest } from './request.ts';
import { literal } from './sql-text.ts';
import { readText } from './statement.ts';
import { readSyntaxTree } from './syntax-tree.ts';
import type { DoorUser } from './config.ts';
import type { Answer } from './writer-route.ts';

const HIDDEN_DATABASES = new Set(['INFORMATION_SCHEMA', 'information_schema', 'system']);

async function otherDatabases(run: RunInSession): Promise<Set<string>> {
  const names = (await run('SELECT name FROM system.databases', 'TSVRaw')).text().split('\n').filter(Boolean);
  return new Set([...HIDDEN_DATABASES, ...names].filter((name) => name !== PUBLIC_DATABASE));
}

/** Made once per engine; a SQL function created later is not in it and passes as unknown, which it may. */
const policies = new WeakMap<Engine, Promise<FunctionPolicy>>();

function functionPolicy(engine: Engine, run: RunInSession): Promise<FunctionPolicy> {
  const known = policies.get(engine);
  if (known) return known;
  const loading = loadFunctionPolicy(run);
  policies.set(engine, loading);
  loading.catch(() => policies.delete(engine));
  return loading;
}

/**
 * Throws unless `select` is a query that a reader may run. What is checked here is, letter by letter, what runs
 * afterwards.
 */
async function check(run: RunInSession, select: string, mayCall: FunctionPolicy): Promise<void> {
  try {
    // In brackets the engine takes nothing but a SELECT without INTO OUTFILE and FORMAT. Outside of them, as below,
    // EXPLAIN … INTO OUTFILE would write the file.
    await run(`SELECT count() FROM (EXPLAIN AST ${select})`, 'Null');
  } catch (error) {
    if ((error as DoorError).code === 36)
      throw accessDenied('A reader may SELECT, SHOW and DESCRIBE, without INTO OUTFILE.');
    throw error;
  }
  const tree = readSyntaxTree((await run(`EXPLAIN AST ${select}`, 'TSVRaw')).text());
  if (!tree) throw accessDenied('A name in the query has a line break in it.');
  assertReadable(tree, mayCall, await otherDatabases(run));
}

async function inspect(engine: Engine, run: RunInSession, text: string): Promise<ReaderStatement> {
  const canonical = (await run(`SELECT formatQuerySingleLine(${literal(text)})`, 'TSVRaw')).text().replace(/\n$/, '');
  const statement = classify(canonical);
  if (statement.kind === 'select') await check(run, statement.select, await functionPolicy(engine, run));
  return statement;
}

/** Error texts may quote the engine's files, and the statement with which we asked for a query's canonical text. */
function forReader(error: unknown): unknown {
  if (!(error instanceof DoorError)) return error;
  // A hint names tables that a reader does not know of.
  const message = error.message
    .replace(/ Maybe you meant [^?]*\baudit_\w+\.[^?]*\?/g, '')
    .replace(/: In scope SELECT formatQuerySingleLine\([\s\S]*$/, '.')
    .replace(/(?:\/[\w.@+~-]+){2,}\/?/g, '…');
  return new DoorError(error.code, error.type, message);
}

export interface ReaderParts {
  readonly engine: Engine;
  readonly record: RecordQuery | undefined;
  readonly user: DoorUser;
}

/**
 * A reader's query: made canonical by the engine, checked node by node, run as its tenant in a read-only session,
 * recorded.
 */
export async function answerReader({ engine, record, user }: ReaderParts, request: DoorRequest): Promise<Answer> {
  const text = await readText(request.urlQuery, request.body);
  if (text.trim() === '') throw syntaxError('Syntax error: the query is empty.');
  if (Buffer.byteLength(text) > MAX_READER_QUERY_BYTES)
    throw new DoorError(229, 'QUERY_IS_TOO_LARGE', `A reader's query may have ${MAX_READER_QUERY_BYTES} bytes.`);
  const defaultFormat = request.defaultFormat ?? 'TabSeparated';
  if (!/^[A-Za-z0-9_]+$/.test(defaultFormat)) throw badArguments('default_format is not a format.');
  // Reads nothing of anybody's, so it is on nobody's record.
  const handshake =
    defaultFormat === 'Native' ? clientHandshake(text, request.clientRevision, ENGINE_VERSION) : undefined;
  if (handshake) return { result: undefined, format: 'Native', body: handshake };
  const put = (end: Pick<QueryRecord, 'outcome' | 'errorCode' | 'rows' | 'answer'>): Promise<void> | undefined =>
    record?.({ user: user.name, tenantId: user.tenant_id, sql: text, parameters: request.parameters, ...end });
  const { preparations, statement } = await allowed({ engine, user }, request, text).catch(async (error: unknown) => {
    // What is refused reads nothing, so its record need not wait for the collector to come back. Bad grammar is
    // nobody's business.
    if (isDenial(error))
      await put({ outcome: 'denied', errorCode: error.code, rows: 0, answer: null })?.catch(() => undefined);
    throw forReader(error);
  });
  const format = statement.format ?? defaultFormat;
  const sql = statement.kind === 'describe' ? statement.sql : `${statement.explain} ${statement.select}`.trimStart();
  const result = await engine
    .withSession(preparations.run, async (run) => {
      await run(`USE ${PUBLIC_DATABASE}`, 'TSV');
      return run(sql, format);
    })
    .catch(async (error: unknown) => {
      // It ran, and an error's text may quote what it read.
      await put({
        outcome: 'failure',
        errorCode: error instanceof DoorError ? error.code : 1_002,
        rows: 0,
        answer: null,
      });
      throw forReader(error);
    });
  await put({ outcome: 'success', errorCode: null, rows: result.rowsRead, answer: result.bytes() });
  return { result, format };
}

/** What the reader may run, and with which settings; throws for everything else. */
async function allowed(
  { engine, user }: Omit<ReaderParts, 'record'>,
  request: DoorRequest,
  text: string,
): Promise<{ preparations: ReturnType<typeof prepareReader>; statement: ReaderStatement }> {
  if (request.database && request.database !== PUBLIC_DATABASE && request.database !== 'default') {
    throw accessDenied(`A reader may use database ${PUBLIC_DATABASE} only.`);
  }
  const preparations = prepareReader(user.tenant_id, request.settings, request.parameters);
  return {
    preparations,
    statement: await engine.withSession(preparations.inspect, (run) => inspect(engine, run, text)),
  };
}

/**
 * Access denied, and settings that a reader may not change (READONLY, SETTING_CONSTRAINT_VIOLATION): somebody tried a
 * door.
 */
const DENIALS: ReadonlySet<number> = new Set([accessDenied('').code, 164, 452]);

const isDenial = (error: unknown): error is DoorError => error instanceof DoorError && DENIALS.has(error.code);
