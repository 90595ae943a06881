import { type RunRow } from './row.ts';

/** How the amounts of what was done stand to those that were approved. */
export type AmountVerdict = 'differs' | 'other_currency';

interface Money {
  readonly value: number;
  readonly unit: string;
}

const named = (rows: readonly RunRow[]): readonly Money[] =>
  rows.flatMap(({ approval }) =>
    approval?.value === undefined || approval.unit === undefined
      ? []
      : [{ value: approval.value, unit: approval.unit }],
  );

/**
 * What was approved, else, where the decision names no amount, what was asked for: compared in the currency of what was
 * done.
 */
export function amountsOf(approvals: readonly RunRow[], done: readonly RunRow[]): ReadonlySet<AmountVerdict> {
  const decided = named(
    approvals.filter((row) => row.event_type !== 'approval.requested' && row.approval?.decision === 'approved'),
  );
  const approved =
    decided.length > 0 ? decided : named(approvals.filter((row) => row.event_type === 'approval.requested'));
  const verdicts = new Set<AmountVerdict>();
  for (const { effect } of done) {
    if (effect?.amount === undefined || effect.currency === undefined || approved.length === 0) continue;
    const inCurrency = approved.filter(({ unit }) => unit === effect.currency);
    if (inCurrency.length > 0 && inCurrency.every(({ value }) => value !== Number(effect.amount)))
      verdicts.add('differs');
    // A unit that is no currency, such as per cent, says nothing about the amount.
    if (inCurrency.length === 0 && approved.every(({ unit }) => /^[A-Z]{3}$/.test(unit)))
      verdicts.add('other_currency');
  }
  return verdicts;
}
