/** One line of EXPLAIN AST: what the engine's own parser made of a query. */
export interface SyntaxNode {
  readonly kind: string;
  /** What stands behind the kind: a name, a literal. Empty when there is none. */
  readonly name: string;
  readonly depth: number;
}

const LINE = /^( *)([A-Za-z:]+)(?: (.*?))?(?: ?\(alias .*\))?(?: \(children \d+\))?$/;

/**
 * Undefined when a line cannot be read, which is so for a quoted name with a line break in it: the engine prints names
 * as they are. Such a name can add lines here but not take one away, so what a check finds forbidden stays found.
 */
export function readSyntaxTree(text: string): SyntaxNode[] | undefined {
  const nodes: SyntaxNode[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const found = LINE.exec(line);
    if (!found) return undefined;
    nodes.push({
      depth: found[1]?.length ?? 0,
      kind: found[2] ?? '',
      name: (found[3] ?? '').replace(/^\(children \d+\)$/, ''),
    });
  }
  return nodes;
}
