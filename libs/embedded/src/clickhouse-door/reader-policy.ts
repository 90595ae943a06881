import { accessDenied } from './door-error.ts';
import type { FunctionPolicy } from './function-policy.ts';
import type { SyntaxNode } from './syntax-tree.ts';

/** Where a reader may read. Everything else, the generations under it included, is reached through its views only. */
export const PUBLIC_DATABASE = 'audit';

/** Tables outside of it that client libraries read when they connect; neither holds data of a tenant. */
const ALSO_READABLE = new Set(['system.one', 'system.settings']);

/**
 * Every node that a reader's query may consist of. One that is not here, SETTINGS (`Set`) or APPLY for example, is
 * refused.
 */
const ALLOWED_NODES = new Set([
  'SelectWithUnionQuery',
  'SelectIntersectExceptQuery',
  'SelectQuery',
  'Subquery',
  'ExpressionList',
  'WithElement',
  'Identifier',
  'TableIdentifier',
  'Literal',
  'Function',
  'QueryParameter',
  'Asterisk',
  'QualifiedAsterisk',
  'ColumnsRegexpMatcher',
  'ColumnsListMatcher',
  'QualifiedColumnsRegexpMatcher',
  'QualifiedColumnsListMatcher',
  'ColumnsTransformerList',
  'ColumnsExceptTransformer',
  'ColumnsReplaceTransformer',
  'ColumnsReplaceTransformer::Replacement',
  'TablesInSelectQuery',
  'TablesInSelectQueryElement',
  'TableExpression',
  'TableJoin',
  'ArrayJoin',
  'SampleRatio',
  'OrderByElement',
  'InterpolateElement',
  'WindowDefinition',
  'WindowListElement',
]);

const plainTable = /^[A-Za-z_][A-Za-z0-9_]*$/;
const publicTable = new RegExp(`^${PUBLIC_DATABASE}\\.[A-Za-z_][A-Za-z0-9_]*$`);

/** Unqualified names are looked up among the query's own WITH and in the public database, which is the session's. */
function mayRead(table: string): boolean {
  return plainTable.test(table) || publicTable.test(table) || ALSO_READABLE.has(table);
}

/**
 * Throws unless every node of the tree is allowed.
 * `otherDatabases`: all but the public one; a name that starts with one of them is refused wherever it stands, because
 * to the right of IN a plain identifier is a table.
 */
export function assertReadable(
  tree: readonly SyntaxNode[],
  mayCall: FunctionPolicy,
  otherDatabases: ReadonlySet<string>,
): void {
  tree.forEach((node, index) => {
    if (!ALLOWED_NODES.has(node.kind)) {
      throw accessDenied(
        node.kind === 'Set'
          ? 'A reader may not set settings in a query.'
          : `A reader's query may not contain ${node.kind.slice(0, 60)}.`,
      );
    }
    switch (node.kind) {
      case 'TableIdentifier':
        if (!mayRead(node.name))
          throw accessDenied(
            `A reader may select from database ${PUBLIC_DATABASE} only, not from ${node.name.slice(0, 120)}.`,
          );
        break;
      case 'Identifier':
        if (node.name.includes('.') && otherDatabases.has(node.name.slice(0, node.name.indexOf('.')))) {
          throw accessDenied(
            `A reader may select from database ${PUBLIC_DATABASE} only, not from ${node.name.slice(0, 120)}.`,
          );
        }
        break;
      case 'Function': {
        const name = node.name.split(' ')[0] ?? '';
        // The first child of a table expression stands right behind it.
        if (tree[index - 1]?.kind === 'TableExpression')
          throw accessDenied(`A reader may not use table functions: ${name.slice(0, 60)}.`);
        if (!mayCall(name)) throw accessDenied(`A reader may not call ${name.slice(0, 60)}.`);
        break;
      }
      default:
        break;
    }
  });
}
