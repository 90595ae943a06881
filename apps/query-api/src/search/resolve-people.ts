import { type PersonLookup, pseudonymsOf } from '../identity/person-lookup.ts';
import { type Filter, type MemberPattern, type Scalar } from './read-filters.ts';
import { issuerFieldOf } from './person-fields.ts';

/**
 * Ids of people are written raw and stand in the log as pseudonyms, so a filter on such a field takes both: what was
 * written (agents, services, objects that are no persons) and its pseudonyms under the issuers that the filter or the
 * tenant names.
 */
export function resolvePeople(
  tenantId: string,
  lookup: PersonLookup,
  filters: readonly Filter[],
): Promise<readonly Filter[]> {
  const widen = async (ids: readonly Scalar[], issuers: readonly Scalar[] | undefined): Promise<readonly Scalar[]> => {
    const found = new Set(ids);
    for (const id of ids) {
      if (typeof id !== 'string' || id.trim() === '') continue;
      for (const issuer of issuers ?? [undefined]) {
        const pseudonyms = await pseudonymsOf(
          tenantId,
          lookup,
          id,
          issuer === undefined ? undefined : String(issuer),
          false,
        );
        for (const pseudonym of pseudonyms.keys()) found.add(pseudonym);
      }
    }
    return [...found];
  };
  const valuesOf = (column: string): readonly Scalar[] | undefined => {
    const filter = filters.find((one) => one.kind === 'values' && one.column === column);
    return filter?.kind === 'values' ? filter.values : undefined;
  };
  const widenPattern = async (
    pattern: readonly MemberPattern[],
    issuerMember: string,
  ): Promise<readonly MemberPattern[]> => {
    const issuers = pattern.find(({ member }) => member === issuerMember)?.values;
    return Promise.all(
      pattern.map(async (one) => (one.member === 'id' ? { ...one, values: await widen(one.values, issuers) } : one)),
    );
  };
  return Promise.all(
    filters.map(async (filter) => {
      const issuerField = filter.kind === 'map' || filter.kind === 'range' ? undefined : issuerFieldOf(filter.column);
      if (issuerField === undefined) return filter;
      if (filter.kind === 'values') return { ...filter, values: await widen(filter.values, valuesOf(issuerField)) };
      if (filter.kind === 'elements')
        return {
          ...filter,
          patterns: await Promise.all(filter.patterns.map((pattern) => widenPattern(pattern, issuerField))),
        };
      return filter;
    }),
  );
}
