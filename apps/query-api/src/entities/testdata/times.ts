import { rowsOf } from '../../runs/testdata/rows.ts';

const [first] = rowsOf(['run.started']);
const BASE_MS = Date.parse(first?.occurred_at ?? '');

/** The time of the nth row by hand, when it does not say its own. */
export const second = (index: number): string => `${new Date(BASE_MS + index * 1_000).toISOString().slice(0, -1)}000Z`;
