import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { type JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';
import { MappingError, type MappingProblem } from '../mapping-error.ts';

/** YAML text as plain data, with a way back from a place in the data to the line it was written on. */
export interface YamlSource {
  readonly data: JsonValue;
  readonly problemAt: (path: readonly (string | number)[], message: string) => MappingProblem;
}

/** Reads one YAML document. Throws MappingError `mapping_not_yaml` with the line of every fault. */
export function readYaml(text: string): YamlSource {
  if (text.length > limits.mappingFileChars) {
    throw new MappingError('mapping_not_yaml', [
      {
        line: 1,
        column: 1,
        at: '',
        message:
          `the file has ${String(text.length)} characters; a mapping has at most ${String(limits.mappingFileChars)}. Move ` +
          `tables into lookup files`,
      },
    ]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true });
  if (document.errors.length > 0) {
    throw new MappingError(
      'mapping_not_yaml',
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return { line, column: col, at: '', message: `not readable as YAML: ${error.message}` };
      }),
    );
  }
  return {
    // maxAliasCount: a few lines of nested aliases would otherwise unfold into gigabytes.
    data: document.toJS({ maxAliasCount: 100 }) as JsonValue,
    problemAt: (path, message) => ({ ...positionOf(document, lines, path), at: dotted(path), message }),
  };
}

/** The line of the deepest part of the path that is written in the file. */
function positionOf(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
): { line: number; column: number } {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) {
      const { line, col } = lines.linePos(node.range[0]);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

function dotted(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${String(part)}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}
