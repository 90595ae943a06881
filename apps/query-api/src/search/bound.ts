import { type ColumnKind } from './column-type.ts';

export const operators = ['gt', 'gte', 'lt', 'lte'] as const;
export type Operator = (typeof operators)[number];

/** One end of a range: `"usage": {"cost": {"gte": "1.50"}}`. Times are microseconds, decimals texts. */
export interface Bound {
  readonly operator: Operator;
  readonly value: string | number;
}

export const isOperator = (name: string): name is Operator => (operators as readonly string[]).includes(name);

/** What has an order that means something: numbers and times. Texts have one only by their bytes. */
export const ordered: ReadonlySet<ColumnKind['kind']> = new Set(['integer', 'float', 'decimal', 'time']);
