import { idSet, type IdSet } from '../store/id-sets.ts';
import { activeLinks } from '../store/link-reads.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { integer, type Sql, sql, text } from '../store/sql.ts';
import { type ActiveLink, type EndKind, type LinkKind } from './active-link.ts';

/** One step along links of one kind, from some ends to their other ends. */
export interface HopFrom {
  readonly kind: LinkKind;
  readonly endKind: EndKind;
  readonly ends: IdSet;
  /** So many other ends at most, the first by key. */
  readonly cap: number;
}

export interface HopLink extends ActiveLink {
  readonly near: string;
  readonly far: string;
}

export interface Hopped {
  readonly links: readonly HopLink[];
  /** The other ends, ascending. */
  readonly far: IdSet;
  readonly capped: boolean;
}

/** Links of a pair of ends may be several: rules and people may say the same. */
const LINKS_PER_END = 4;

export async function hop(context: ReadContext, from: HopFrom): Promise<Hopped> {
  const { kind, endKind, ends, cap } = from;
  const starts = (side: Sql, key: Sql): Sql => sql`${side} = ${text(endKind)} AND ${key} IN ${ends.sql}`;
  const links = activeLinks(
    context,
    sql`entry IN ('from', 'to') AND kind = ${text(kind)} AND entry_kind = ${text(endKind)} AND entry_key IN ${ends.sql}`,
  );
  // A link whose ends changed since is found by its old ends, too: the ends that it has now decide.
  const hops = sql`SELECT *, ${starts(sql`from_kind`, sql`from_key`)} AS forward, if(forward, from_key, to_key) AS near,
    if(forward, to_key, from_key) AS far FROM (${links})
    WHERE kind = ${text(kind)} AND (forward OR ${starts(sql`to_kind`, sql`to_key`)})`;
  const rows = await context.run<
    HopLink & { readonly rank: number }
  >(sql`SELECT * FROM (SELECT *, dense_rank() OVER (ORDER BY far) AS rank FROM (${hops}))
    WHERE rank <= ${integer(cap + 1)} ORDER BY far, near, link_id LIMIT ${integer((cap + 1) * LINKS_PER_END)}`);
  const taken = rows.filter(({ rank }) => rank <= cap);
  const far = [...new Set(taken.map((link) => link.far))];
  return {
    links: taken,
    far: idSet(far, sql`SELECT DISTINCT far FROM (${hops}) ORDER BY far LIMIT ${integer(cap)}`),
    capped: taken.length < rows.length,
  };
}
