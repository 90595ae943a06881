/** One part of a long list: a page holds so many entries, and says that there are more. */
export interface ListPart<T> {
  readonly items: readonly T[];
  readonly number: number;
  readonly parts: number;
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

export function partOf<T>(list: readonly T[], number: number, size: number): ListPart<T> {
  const parts = Math.max(1, Math.ceil(list.length / size));
  const at = Math.min(Math.max(1, number), parts);
  const items = list.slice((at - 1) * size, at * size);
  return {
    items,
    number: at,
    parts,
    from: items.length === 0 ? 0 : (at - 1) * size + 1,
    to: (at - 1) * size + items.length,
    total: list.length,
  };
}
