import type { RunInSession } from './engine.ts';

/**
 * Categories of system.functions whose members compute from their arguments alone. The others are refused: files,
 * dictionaries, AI, introspection.
 */
const COMPUTING = new Set([
  'Aggregate Functions',
  'Arithmetic',
  'Arrays',
  'Bit',
  'Bitmap',
  'Comparison',
  'Conditional',
  'Dates and Times',
  'Distance',
  'Encoding',
  'Encryption',
  'Financial',
  'Geo',
  'Geo Polygon',
  'Hash',
  'IP Address',
  'JSON',
  'Logical',
  'Map',
  'Mathematical',
  'Null',
  'NumericIndexedVector',
  'QBit',
  'Random Number',
  'Rounding',
  'String',
  'String Replacement',
  'String Search',
  'String Splitting',
  'Time Window',
  'Tuple',
  'Type Conversion',
  'URL',
  'UUID',
  'Window',
]);

/**
 * From the mixed bag "Other" and from aliases without a category: what a report may want and what tells nothing of the
 * machine.
 */
const ALSO_ALLOWED = new Set([
  'bar',
  'transform',
  'version',
  'identity',
  'totypename',
  'materialize',
  'ignore',
  'isconstant',
  'formatreadablesize',
  'formatreadablequantity',
  'formatreadabletimedelta',
  'formatreadabledecimalsize',
  'parsereadablesize',
  'parsereadablesizeornull',
  'parsereadablesizeorzero',
  'parsetimedelta',
  'bytesize',
  'countdigits',
  'defaultvalueofargumenttype',
  'defaultvalueoftypename',
  'currentdatabase',
  'current_database',
  'database',
  'schema',
  'currentuser',
  'current_user',
  'user',
  'timezone',
  'servertimezone',
  'neighbor',
  'runningdifference',
  'rownumberinblock',
  'rownumberinallblocks',
  'lowcardinalityindices',
  'lowcardinalitykeys',
  'variantelement',
  'varianttype',
  'getsubcolumn',
  'visiblewidth',
  'finalizeaggregation',
  'normalizequery',
  'casewithexpression',
  'casewithexpr',
  'casewithoutexpression',
  'casewithoutexpr',
  'throwif',
  'nested',
  'tocolumntypename',
  // What the parser makes of a typed parameter.
  '_cast',
]);

export type FunctionPolicy = (name: string) => boolean;

interface Row {
  readonly name: string;
  readonly alias_to: string;
  readonly categories: string;
  readonly origin: string;
}

/**
 * Asks this very engine what it has, so a function that a later version brings is refused until somebody sorts it in. A
 * name that the engine does not list is let through: it is an aggregate with a combinator (`sumIf`), or fails by
 * itself.
 */
export async function loadFunctionPolicy(run: RunInSession): Promise<FunctionPolicy> {
  const rows = async <T>(sql: string) =>
    (await run(sql, 'JSONEachRow'))
      .text()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  const listed = await rows<Row>('SELECT name, alias_to, categories, toString(origin) AS origin FROM system.functions');
  const tableFunctions = await rows<{ name: string }>('SELECT name FROM system.table_functions');
  const categories = new Map(listed.map((row) => [row.name, row.categories]));
  const refused = new Set<string>();
  const known = new Set<string>();
  for (const { name, alias_to: aliasTo, categories: own, origin } of listed) {
    const lower = name.toLowerCase();
    known.add(lower);
    const category = own || categories.get(aliasTo) || '';
    const computes = origin !== 'System' || category.split(',').every((one) => COMPUTING.has(one.trim()));
    if (!computes && !ALSO_ALLOWED.has(lower)) refused.add(lower);
  }
  // `x IN remote(…)`: a table function may stand where an ordinary one does.
  for (const { name } of tableFunctions) if (!known.has(name.toLowerCase())) refused.add(name.toLowerCase());
  return (name) => !refused.has(name.toLowerCase()) && !name.startsWith('__');
}
