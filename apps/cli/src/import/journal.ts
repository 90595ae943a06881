import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** What an import is: the same files, mapping, set, start and collector are the same import, wherever it is called. */
export interface ImportIdentity {
  readonly collector: string;
  readonly mapping_id: string;
  readonly mapping_hash: string;
  readonly set: string;
  readonly start: string;
  readonly files: readonly string[];
}

interface Header extends ImportIdentity {
  readonly format: 1;
  readonly created_at: string;
}

interface RunLine {
  readonly run_id: string;
  readonly sha256: string;
  readonly events: number;
}

interface DoneLine {
  readonly done_at: string;
  readonly runs: number;
  readonly events: number;
}

export interface PastImport {
  readonly header: Header;
  readonly runs: ReadonlyMap<string, RunLine>;
  readonly done: DoneLine | undefined;
}

/**
 * Remembers which runs a collector has acknowledged whole, so that an import that was cut off goes on and one that is
 * repeated says so. An append-only file, one line a run, flushed before the next run is begun: a torn last line is one
 * run sent again. It is a convenience: without it everything is sent again under the same ids, and nothing doubles.
 */
export class ImportJournal {
  readonly path: string;
  readonly past: PastImport | undefined;
  private readonly identity: ImportIdentity;
  private file: FileHandle | undefined;
  private tail: Promise<void> = Promise.resolve();

  private constructor(path: string, identity: ImportIdentity, past: PastImport | undefined) {
    this.path = path;
    this.identity = identity;
    this.past = past;
  }

  static async open(directory: string, identity: ImportIdentity): Promise<ImportJournal> {
    const key = createHash('sha256')
      .update(
        JSON.stringify([
          identity.collector,
          identity.mapping_id,
          identity.mapping_hash,
          identity.set,
          identity.start,
          identity.files,
        ]),
      )
      .digest('hex')
      .slice(0, 32);
    const path = join(directory, `${key}.ndjson`);
    return new ImportJournal(path, identity, await readJournal(path));
  }

  /** Lines are written in the order of the calls, one at a time. */
  async add(line: RunLine): Promise<void> {
    this.tail = this.tail.then(() => this.append(line));
    return this.tail;
  }

  async finish(runs: number, events: number, now: Date): Promise<void> {
    const line: DoneLine = { done_at: now.toISOString(), runs, events };
    this.tail = this.tail.then(() => this.append(line));
    await this.tail;
    await this.close();
  }

  async close(): Promise<void> {
    await this.tail.catch(() => undefined);
    await this.file?.close();
    this.file = undefined;
  }

  private async append(line: RunLine | DoneLine): Promise<void> {
    this.file ??= await this.create();
    await this.file.write(`${JSON.stringify(line)}\n`);
    await this.file.datasync();
  }

  private async create(): Promise<FileHandle> {
    await mkdir(join(this.path, '..'), { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a', 0o600);
    const header: Header = { format: 1, created_at: new Date().toISOString(), ...this.identity };
    // A line of its own first: after a cut-off the last line may be torn.
    await file.write(`${this.past === undefined ? '' : '\n'}${JSON.stringify(header)}\n`);
    return file;
  }
}

/** All imports into one collector under one set and mapping, but the given one. */
export async function otherImports(
  directory: string,
  identity: ImportIdentity,
  ownPath: string,
): Promise<readonly PastImport[]> {
  const names = await readdir(directory).catch(() => []);
  const others = await Promise.all(
    names
      .filter((name) => name.endsWith('.ndjson'))
      .map((name) => join(directory, name))
      .filter((path) => path !== ownPath)
      .map(readJournal),
  );
  return others.filter(
    (past): past is PastImport =>
      past !== undefined &&
      past.header.set === identity.set &&
      past.header.mapping_id === identity.mapping_id &&
      past.header.collector === identity.collector,
  );
}

async function readJournal(path: string): Promise<PastImport | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  let header: Header | undefined;
  let done: DoneLine | undefined;
  const runs = new Map<string, RunLine>();
  for (const line of text.split('\n')) {
    const value = parseLine(line);
    if (value === undefined) continue;
    if ('format' in value) header = value;
    else if ('done_at' in value) done = value;
    else runs.set(value.run_id, value);
  }
  return header === undefined ? undefined : { header, runs, done };
}

function parseLine(line: string): Header | RunLine | DoneLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Header | RunLine | DoneLine) : undefined;
  } catch {
    return undefined;
  }
}
