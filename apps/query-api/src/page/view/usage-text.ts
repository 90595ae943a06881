import { type UsageTotals } from '../../runs/usage.ts';
import { amountText } from './describe-row.ts';

export const tokensText = ({
  input_tokens,
  output_tokens,
}: Pick<UsageTotals, 'input_tokens' | 'output_tokens'>): string =>
  `${input_tokens.toLocaleString('en')} in, ${output_tokens.toLocaleString('en')} out`;
export const costText = ({ cost }: UsageTotals): string =>
  cost.map(({ currency, amount }) => `${amountText(amount)} ${currency}`.trim()).join(' + ');
