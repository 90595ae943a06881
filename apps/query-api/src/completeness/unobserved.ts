import { eventLink, type Link, searchLink, viewLink } from '../questions/links.ts';

/**
 * end: a call was asked for. effect: a writing call says that it is done. confirmation: the system confirms other
 * effects.
 */
export type Expectation = 'end' | 'effect' | 'confirmation';

export interface UnobservedRow {
  readonly expected: Expectation;
  /** Who told of what lacks it. */
  readonly system: string;
  /** Where the effect was to be confirmed; else empty. */
  readonly target_system: string;
  /** How many such actions the range has, … */
  readonly of: number;
  /** … and of how many of them what is expected is not on record. */
  readonly unobserved: number;
  readonly first_at: string;
  readonly last_at: string;
  /**
   * The newest: id of the call or effect, or `event ` and the event's id; the run; of a call its scope: `session/…`,
   * `stream/…`.
   */
  readonly examples: readonly (readonly [string, string, string])[];
}

export interface Example {
  readonly id: string;
  readonly run_id: string;
  readonly link: Link;
}

export interface Unobserved extends Omit<UnobservedRow, 'examples'> {
  readonly examples: readonly Example[];
  /** The events among which they are. */
  readonly link: Link;
}

const EVENT = 'event ';

/** A call id may come again elsewhere, so a step is asked for with its run, else with its session or stream. */
function linkTo(expected: Expectation, id: string, runId: string, scope: string): Link {
  if (id.startsWith(EVENT)) return eventLink(id.slice(EVENT.length));
  if (expected === 'confirmation') return viewLink('effect', id);
  const { method, path } = viewLink('step', id);
  const [, kind = '', name = ''] = /^(session|stream)\/([\s\S]*)$/.exec(scope) ?? [];
  if (runId === '' && kind !== '') return { method, path: `${path}&${kind}_id=${encodeURIComponent(name)}` };
  return { method, path: runId === '' ? path : `${path}&run_id=${encodeURIComponent(runId)}` };
}

const types: Readonly<Record<Expectation, readonly string[]>> = {
  end: ['tool.call.requested', 'model.call.requested'],
  effect: ['tool.call.completed'],
  confirmation: ['object.changed', 'message.sent', 'process.triggered'],
};

/** The row as an answer has it. */
export const shown = ({ examples, ...row }: UnobservedRow): Unobserved => ({
  ...row,
  examples: examples.map((one) => {
    const [id = '', run_id = '', scope = ''] = Array.isArray(one) ? (one as readonly string[]) : Object.values(one);
    return {
      id: id.startsWith(EVENT) ? id.slice(EVENT.length) : id,
      run_id,
      link: linkTo(row.expected, id, run_id, scope),
    };
  }),
  link: searchLink({
    event_type: types[row.expected],
    source: { system: row.system },
    from: row.first_at,
    to: dayAfter(row.last_at),
    ...(row.expected === 'effect' && { tool: { tier: ['write', 'destructive'] } }),
    sort: 'asc',
  }),
});

/** Ranges end before their end. */
const dayAfter = (iso: string): string => new Date(Math.floor(Date.parse(iso)) + 1).toISOString();
