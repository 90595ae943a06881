import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './user-error.ts';

export interface CollectorAccess {
  readonly url: string;
  readonly token: string;
}

export interface AccessOptions {
  readonly dataDirectory: string;
  readonly collector?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function dataDirectory(env: Readonly<Record<string, string | undefined>>): string {
  return env.AFFIDAVIT_DATA ?? '.affidavit';
}

/** Where to post and with what: options first, then the environment, then what `npm start` wrote. */
export async function collectorAccess(options: AccessOptions): Promise<CollectorAccess> {
  return { url: await collectorUrl(options), token: await bearerToken(options) };
}

/**
 * What the journal knows a log by: the collector's address when the user gave one, else the Kafka cluster that `npm
 * start` found. A data directory may be started on another cluster, which has nothing of what was sent to the first.
 */
export async function logName(options: Pick<AccessOptions, 'collector' | 'dataDirectory'>): Promise<string> {
  if (options.collector !== undefined) return options.collector;
  const cluster = (await readJson(join(options.dataDirectory, 'stack.json')))?.kafka_cluster_id;
  return typeof cluster === 'string' ? `cluster ${cluster}` : 'stack';
}

async function collectorUrl(options: AccessOptions): Promise<string> {
  if (options.collector !== undefined) return checkedUrl(options.collector);
  const file = join(options.dataDirectory, 'stack.json');
  const stack = await readJson(file);
  if (stack === undefined) {
    throw new UserError(
      `No stack is known: ${file} is not there. Run npm start in another terminal, set AFFIDAVIT_DATA to its data directory, or ` +
        `give --collector URL.`,
    );
  }
  const url = stack.collector_url;
  if (typeof url !== 'string')
    throw new UserError(`${file} names no collector_url. Run npm start again, or give --collector URL.`);
  return checkedUrl(url);
}

function checkedUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UserError(`"${text}" is no address of a collector; it looks like http://127.0.0.1:7070.`);
  return text.replace(/\/+$/, '');
}

async function bearerToken(options: AccessOptions): Promise<string> {
  if (options.tokenFile !== undefined) {
    const text = await readFile(options.tokenFile, 'utf8').catch((error: unknown) => {
      throw new UserError(`There is no readable file at ${options.tokenFile ?? ''}. Check --token-file.`, 2, error);
    });
    return tokenIn(text, options.tokenFile);
  }
  if (options.env.AFFIDAVIT_TOKEN) return options.env.AFFIDAVIT_TOKEN;
  const file = join(options.dataDirectory, 'credentials.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new UserError(
      `No credential is known: ${file} is not there. Run npm start, give --token-file FILE, or set AFFIDAVIT_TOKEN.`,
    );
  return tokenIn(text, file);
}

/** A credentials.json (its `connector` token), or a file that holds the token alone. */
function tokenIn(text: string, file: string): string {
  const parsed = parse(text);
  const connector = parsed?.connector;
  if (typeof connector === 'string') return connector;
  if (
    typeof connector === 'object' &&
    connector !== null &&
    typeof (connector as Record<string, unknown>).token === 'string'
  )
    return (connector as { token: string }).token;
  const plain = text.trim();
  if (parsed === undefined && /^[\w.~+/-]+=*$/.test(plain)) return plain;
  throw new UserError(
    `${file} holds no connector token. It should be the credentials.json that npm start writes, or the token alone.`,
  );
}

async function readJson(file: string): Promise<Record<string, unknown> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parse(text);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Where the hashed credentials lie: the services read the same file. */
export function credentialStoreFile(env: Readonly<Record<string, string | undefined>>): string {
  return env.CREDENTIALS_FILE ?? join(dataDirectory(env), 'credentials.store.json');
}
