/** Names of databases and tables are ours, from settings: plain, so that they need no quoting. */
export function tableName(database: string, table: string): string {
  for (const name of [database, table]) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) throw new RangeError(`not a plain name: ${name}`);
  }
  return `${database}.${table}`;
}
