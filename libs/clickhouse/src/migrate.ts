import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AffidavitError } from '@affidavit/audit-model';
import { type ClickHouseClient } from '@clickhouse/client';
import { splitStatements, substitute } from './sql-statements.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file as committed, before variables are put in. */
  readonly checksum: string;
}

export interface MigrateOptions {
  readonly directory: string;
  /** What the migrations are applied to: each target has its own list of applied ones. */
  readonly target: string;
  /** Created when missing. */
  readonly databases: readonly string[];
  readonly variables: Readonly<Record<string, string | number>>;
}

const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/;

export async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const number = Number(fileName.exec(name)?.[1]);
      if (!Number.isInteger(number))
        throw new AffidavitError('migration_invalid', `${name} is not named NNNN_what.sql`, { detail: { name } });
      const sql = await readFile(join(directory, name), 'utf8');
      return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
  for (const [index, { number, name }] of migrations.entries()) {
    if (number !== index + 1)
      throw new AffidavitError('migration_invalid', `${name} breaks the numbering: ${index + 1} is next`, {
        detail: { name },
      });
  }
  return migrations;
}

/**
 * Applies what is not applied yet, in order, and answers with the names of what it did. An applied migration whose file
 * changed or vanished is refused (`migration_changed`) before anything is done. ClickHouse has no transactions for DDL:
 * each statement must bear being run again (IF NOT EXISTS), since a migration that failed half-way is repeated whole.
 * Not guaranteed: two processes migrating one target at the same time.
 */
export async function migrate(client: ClickHouseClient, options: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(options.directory);
  await client.command({ query: 'CREATE DATABASE IF NOT EXISTS audit_meta' });
  await client.command({
    query: `CREATE TABLE IF NOT EXISTS audit_meta.migrations
      (target String, number UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
      ENGINE = MergeTree ORDER BY (target, number)`,
  });
  const applied = await appliedTo(client, options.target);
  refuseChanged(migrations, applied, options.target);
  for (const database of options.databases) {
    await client.command({ query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}', query_params: { database } });
  }
  const done: string[] = [];
  for (const migration of migrations) {
    if (applied.some(({ number }) => number === migration.number)) continue;
    await apply(client, migration, options);
    done.push(migration.name);
  }
  return done;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

async function appliedTo(client: ClickHouseClient, target: string): Promise<Applied[]> {
  const answer = await client.query({
    query:
      'SELECT DISTINCT number, name, checksum FROM audit_meta.migrations WHERE target = {target:String} ORDER BY number',
    query_params: { target },
    format: 'JSONEachRow',
  });
  return answer.json<Applied>();
}

function refuseChanged(migrations: readonly Migration[], applied: readonly Applied[], target: string): void {
  for (const { number, name, checksum } of applied) {
    const file = migrations.find((migration) => migration.number === number);
    if (file?.checksum === checksum) continue;
    throw new AffidavitError(
      'migration_changed',
      `migration ${name} was applied to ${target} and has ${file ? 'changed since' : 'vanished'}: restore it and add a new one instead`,
      { detail: { target, name } },
    );
  }
}

async function apply(client: ClickHouseClient, migration: Migration, options: MigrateOptions): Promise<void> {
  for (const statement of splitStatements(substitute(migration.sql, options.variables))) {
    try {
      await client.command({ query: statement });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AffidavitError('migration_failed', `migration ${migration.name} on ${options.target}: ${reason}`, {
        cause,
        detail: { name: migration.name },
      });
    }
  }
  const { number, name, checksum } = migration;
  await client.insert({
    table: 'audit_meta.migrations',
    values: [{ target: options.target, number, name, checksum }],
    format: 'JSONEachRow',
  });
}
