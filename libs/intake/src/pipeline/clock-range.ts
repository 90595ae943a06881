import { refuse } from '../refusal.ts';
import { each } from './step.ts';

/** A time further in the future than a clock may be ahead is a unit mixed up. */
export const clockRange = each('clock range', (draft, ports) => {
  const { limits } = ports.settings;
  const { occurred_at, observed_at } = draft.record;
  if (occurred_at > observed_at + limits.future_us)
    refuse(
      'time_out_of_range',
      '/occurred_at',
      'It lies further in the future than a clock may be ahead: microseconds since 1970, or RFC 3339?',
    );
  if (occurred_at < limits.earliest_us)
    refuse('time_out_of_range', '/occurred_at', 'It lies before the earliest time that is accepted.');
  return draft;
});
