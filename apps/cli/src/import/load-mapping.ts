import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CompiledMapping, compileMapping, lookupFilesOf, MappingError } from '@affidavit/mapping';
import { UserError } from './user-error.ts';

export interface LoadedMapping {
  readonly mapping: CompiledMapping;
  /** SHA-256, hex, over the mapping file and each of its lookup files (name, zero byte, bytes, in order of names). */
  readonly hash: string;
}

/** Reads a mapping file with the lookup files beside it. Throws UserError with one line per problem. */
export async function loadMapping(path: string): Promise<LoadedMapping> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UserError(
      `There is no readable mapping file at ${path}. Check --mapping; an example is apps/cli/mappings/retail-agent.yaml.`,
      2,
      error,
    );
  });
  const text = bytes.toString('utf8');
  try {
    const lookupFiles = new Map<string, string>();
    const hash = createHash('sha256').update(bytes);
    for (const name of lookupFilesOf(text)) {
      // The schema allows plain file names only: a mapping cannot reach outside its folder.
      const table = await readFile(join(dirname(path), name)).catch(() => undefined);
      if (table === undefined) continue;
      lookupFiles.set(name, table.toString('utf8'));
      hash
        .update(Buffer.from([0]))
        .update(name)
        .update(Buffer.from([0]))
        .update(table);
    }
    return { mapping: compileMapping(text, { lookupFiles }), hash: hash.digest('hex') };
  } catch (error) {
    if (error instanceof MappingError) {
      const lines = error.problems.map(
        (problem) =>
          `  ${path}:${String(problem.line)}:${String(problem.column)} ` +
          `${problem.at === '' ? '' : `${problem.at}: `}${problem.message}`,
      );
      throw new UserError(`The mapping cannot be used:\n${lines.join('\n')}`, 2, error);
    }
    throw error;
  }
}
