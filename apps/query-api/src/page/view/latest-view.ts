import { timelinePath } from '../../questions/links.ts';
import { type NestedRow } from '../../reading/row-shape.ts';
import { sectionOf, textIn } from './describe-row.ts';
import { runPath } from './run-paths.ts';
import { stampText } from './time-text.ts';
import { type Tone, toneOf } from './words.ts';

export interface Latest {
  readonly href: string;
  readonly name: string;
  readonly detail: string;
  readonly stamp: string;
  readonly status: { readonly text: string; readonly tone: Tone } | null;
}

export interface LatestView {
  readonly runs: readonly Latest[];
  readonly cases: readonly Latest[];
  readonly sessions: readonly Latest[];
}

/** What tells a newcomer what there is: ends of runs, and what people and overseers did. */
export const LATEST_TYPES = [
  'run.started',
  'run.completed',
  'run.failed',
  'run.stopped',
  'interaction.prompt.submitted',
  'escalation.raised',
  'approval.decided',
  'object.changed',
  'review.completed',
] as const;
const SHOWN = 7;
const ends: Readonly<Record<string, string>> = {
  'run.completed': 'completed',
  'run.failed': 'failed',
  'run.stopped': 'stopped',
};

/** `rows` are newest first: the first word about a thing is the last that was said of it. */
export function latestView(rows: readonly NestedRow[]): LatestView {
  const runs = new Map<string, Latest>();
  const cases = new Map<string, Latest>();
  const sessions = new Map<string, Latest>();
  for (const row of rows) {
    const [run, session, type, stamp] = [
      textOf(row, 'run_id'),
      textOf(row, 'session_id'),
      String(row['event_type']),
      stampText(String(row['occurred_at'])).slice(0, 16),
    ];
    const agent = textIn(sectionOf(row, 'agent'), 'name') || textIn(sectionOf(row, 'agent'), 'id');
    if (run !== '' && type.startsWith('run.') && !runs.has(run))
      runs.set(run, {
        href: runPath(run),
        name: run,
        detail: agent,
        stamp,
        status: { text: ends[type] ?? 'open', tone: toneOf(ends[type] ?? 'open') },
      });
    if (session !== '' && !sessions.has(session))
      sessions.set(session, {
        href: `/sessions/-?id=${encodeURIComponent(session)}`,
        name: session,
        detail: textOf(row, 'use_case'),
        stamp,
        status: null,
      });
    for (const ref of (row['case_refs'] as readonly Readonly<Record<string, unknown>>[] | undefined) ?? []) {
      const [system, type_, id] = [textIn(ref, 'system'), textIn(ref, 'type'), textIn(ref, 'id')];
      const key = `${system}\0${id}`;
      if (!cases.has(key))
        cases.set(key, {
          href: timelinePath('case', { system, id }),
          name: id,
          detail: [system, type_].filter((one) => one !== '').join(' '),
          stamp,
          status: null,
        });
    }
  }
  const first = (found: ReadonlyMap<string, Latest>): readonly Latest[] => [...found.values()].slice(0, SHOWN);
  return { runs: first(runs), cases: first(cases), sessions: first(sessions) };
}

const textOf = (row: NestedRow, name: string): string => (typeof row[name] === 'string' ? row[name] : '');
