import { timelinePath } from '../../questions/links.ts';
import { type RunHeader } from '../../runs/run-header.ts';
import { type People, personText } from './people.ts';
import { runPath } from './run-paths.ts';
import { millisText, stampText } from './time-text.ts';
import { costText, tokensText } from './usage-text.ts';
import { many, words } from './words.ts';

export interface NamedLink {
  readonly text: string;
  readonly detail: string;
  readonly href: string;
}

export interface RunFact {
  readonly label: string;
  readonly text: string;
  readonly code: boolean;
}

export interface RunFigure {
  readonly label: string;
  readonly text: string;
  readonly detail: string;
}

export interface LinkGroup {
  readonly label: string;
  readonly links: readonly NamedLink[];
}

/** What the run was, in two sentences. */
export function summaryOf(run: RunHeader): string {
  const who = run.agent?.name ?? run.agent?.id ?? 'An agent';
  const how: Readonly<Record<RunHeader['status'], string>> = {
    completed: 'finished',
    failed: 'failed',
    stopped: 'was stopped',
    open: 'has no recorded end',
  };
  const did =
    `${many(run.counts.model_calls, 'model call')}, ${many(run.counts.tool_calls, 'tool call')} and ` +
    `${many(run.counts.effects, 'effect')}`;
  const why = run.error_type ?? run.end_reason;
  return `${who} ${how[run.status]}${run.duration_ms === null ? '' : ` after ${millisText(run.duration_ms)}`}${why === null ? '' : ` (${words(why)})`}, with ${did}.`;
}

const fact = (label: string, text: string | null | undefined, code = false): readonly RunFact[] =>
  text === null || text === undefined || text === '' ? [] : [{ label, text, code }];

export function factsOf(run: RunHeader): readonly RunFact[] {
  return [
    ...fact('agent', run.agent?.id, true),
    ...fact('version', run.agent?.version, true),
    ...fact('configuration', run.agent?.config_id, true),
    ...fact('system', run.ai_system_id, true),
    ...fact('workspace', run.workspace_id),
    ...fact('use case', run.use_case),
    ...fact('task', run.task_id, true),
    ...fact('trigger', run.trigger === null ? null : words(run.trigger)),
    ...fact('automation', run.automation_level === null ? null : words(run.automation_level)),
    ...run.policies.flatMap(({ policy_set, version }) =>
      fact('policies in force', [policy_set, version].filter((one) => one !== null).join(' '), true),
    ),
  ];
}

export function figuresOf(run: RunHeader): readonly RunFigure[] {
  const { usage, counts } = run;
  const flags = [
    ...(counts.late > 0 ? [`${counts.late} late`] : []),
    ...(counts.duplicates > 0 ? [many(counts.duplicates, 'duplicate')] : []),
    ...(counts.conflicts > 0 ? [many(counts.conflicts, 'conflict')] : []),
  ];
  return [
    {
      label: 'took',
      text: run.duration_ms === null ? 'no end' : millisText(run.duration_ms),
      detail: run.ended_at === null ? '' : `until ${stampText(run.ended_at).slice(0, 19)}`,
    },
    ...run.models.map(({ model, provider, hosted, calls }) => ({
      label: 'model',
      text: model ?? 'unknown',
      detail: [provider, hosted === null ? null : words(hosted), many(calls, 'call')]
        .filter((one) => one !== null)
        .join(' · '),
    })),
    ...(usage.input_tokens + usage.output_tokens > 0
      ? [
          {
            label: 'tokens',
            text: (usage.input_tokens + usage.output_tokens).toLocaleString('en'),
            detail: tokensText(usage),
          },
        ]
      : []),
    ...(usage.cost.length > 0 ? [{ label: 'cost', text: costText(usage), detail: 'as its calls say' }] : []),
    { label: 'events', text: counts.events.toLocaleString('en'), detail: flags.join(', ') },
  ];
}

/** What links give the run to, which its own events do not say. */
interface Linked {
  readonly linked?: readonly { readonly kind: string; readonly id: string; readonly issuer: string }[];
}

export function linksOf(run: RunHeader & Linked, people: People): readonly LinkGroup[] {
  const runs = [
    ...(run.parent_run_id === null
      ? []
      : [{ label: 'part of', links: [{ text: run.parent_run_id, detail: '', href: runPath(run.parent_run_id) }] }]),
  ];
  const below = run.sub_runs.map(({ run_id, agent, status }) => ({
    text: run_id,
    detail: [agent, status].filter((one) => one !== null).join(', '),
    href: runPath(run_id),
  }));
  const cases = run.cases.map(({ system, type, id }) => ({
    text: id,
    detail: [system, type].filter((one) => one !== null).join(' '),
    href: timelinePath('case', { system: system ?? '', id }),
  }));
  const sessions = run.session_ids.map((id) => ({
    text: id,
    detail: '',
    href: `/sessions/-?id=${encodeURIComponent(id)}`,
  }));
  const linked = (run.linked ?? []).flatMap(({ kind, id, issuer }) => {
    const href = linkedPaths[kind]?.(id, issuer);
    return href === undefined ? [] : [{ text: personText(id, people).label, detail: words(kind), href }];
  });
  return [
    ...runs,
    { label: 'sub-runs', links: below },
    { label: 'cases', links: cases },
    { label: 'sessions', links: sessions },
    { label: 'by links', links: linked },
  ].filter(({ links }) => links.length > 0);
}

const personPath = (id: string): string => timelinePath('user', { id });
const linkedPaths: Readonly<Record<string, (id: string, issuer: string) => string>> = {
  case: (id, system) => timelinePath('case', { system, id }),
  session: (id) => `/sessions/-?id=${encodeURIComponent(id)}`,
  run: runPath,
  person: personPath,
  user: personPath,
};
