import { refuse } from '../refusal.ts';
import { each } from './step.ts';

/**
 * A time far in the future is a broken clock or a unit mixed up, and would sit at the end of every timeline for ever.
 */
export const clockRange = each('clock range', (draft, ports) => {
  const { limits } = ports.settings;
  const { occurred_at, observed_at } = draft.record;
  if (occurred_at > observed_at + limits.future_us)
    refuse('time_out_of_range', '/occurred_at', 'It lies in the future.');
  if (occurred_at < limits.earliest_us)
    refuse('time_out_of_range', '/occurred_at', 'It lies before the earliest time that is accepted.');
  return draft;
});
