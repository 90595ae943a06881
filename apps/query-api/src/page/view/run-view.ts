import { type RunBody } from '../../questions/run-question.ts';
import { timelinePath } from '../../questions/links.ts';
import { type Coverage, type Part, PARTS } from '../../runs/coverage.ts';
import { type UsageTotals } from '../../runs/usage.ts';
import { type RunHeader } from '../../runs/run-header.ts';
import { amountText } from './describe-row.ts';
import { LaneLooks } from './lane-looks.ts';
import { type CompletenessView } from './completeness-view.ts';
import { type LanesPicture, lanesPicture } from './lanes-picture.ts';
import { type NodeView, nodeViews, stepPath } from './node-view.ts';
import { type ListPart, partOf } from './parts-of-list.ts';
import { type People, personText, type PersonText } from './people.ts';
import { millisText, stampText } from './time-text.ts';
import { agreementVerdict, coverageTones, kindText, many, partNames, reasonText, sentenceCase, type Tone, toneOf, type Verdict, words } from './words.ts';

const NODES = 500;

export const runPath = (id: string): string => `/runs/-?id=${encodeURIComponent(id)}`;
export const replayPath = (id: string, frame?: number, asOf?: string): string =>
  `/runs/-/replay?id=${encodeURIComponent(id)}${frame === undefined ? '' : `&frame=${frame}`}${asOf === undefined ? '' : `&as_of=${encodeURIComponent(asOf)}`}`;
export const diffPath = (id: string, other?: string): string => `/runs/-/diff?id=${encodeURIComponent(id)}${other === undefined ? '' : `&other=${encodeURIComponent(other)}`}`;

export interface NamedLink {
  readonly text: string;
  readonly detail: string;
  readonly href: string;
}

export interface CoverageView {
  readonly name: string;
  readonly status: string;
  readonly tone: Tone;
  readonly figure: string;
  readonly reasons: readonly { readonly text: string; readonly href: string }[];
}

export interface ActionView {
  readonly title: string;
  readonly kind: string;
  readonly href: string;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly parts: readonly { readonly name: string; readonly count: number }[];
}

export interface RunView {
  readonly id: string;
  readonly status: { readonly text: string; readonly tone: Tone };
  readonly summary: string;
  readonly started: string;
  readonly duration: string;
  readonly agent: string;
  readonly facts: readonly { readonly label: string; readonly text: string; readonly code: boolean }[];
  readonly figures: readonly { readonly label: string; readonly text: string; readonly detail: string }[];
  readonly people: readonly PersonText[];
  readonly links: readonly { readonly label: string; readonly links: readonly NamedLink[] }[];
  readonly coverage: readonly CoverageView[];
  readonly nodes: ListPart<NodeView>;
  readonly picture: LanesPicture;
  readonly actions: readonly ActionView[];
  readonly replay: string;
  readonly diff: string;
}

export function runView(body: RunBody, people: People, part: number): RunView {
  const { run, lanes, steps, coverage, actions } = body;
  const looks = new LaneLooks();
  for (const lane of lanes) looks.of(lane);
  const nodes = nodeViews(steps, looks);
  const nodeOf = new Map(nodes.flatMap(({ anchor, eventIds }, index) => eventIds.map((id) => [id, { anchor, index }] as const)));
  const hrefOf = (eventId: string): string => {
    const found = nodeOf.get(eventId);
    if (found === undefined) return `/events/-?id=${encodeURIComponent(eventId)}`;
    const inPart = Math.floor(found.index / NODES) + 1;
    return inPart === part ? `#${found.anchor}` : `${runPath(run.run_id)}&part=${inPart}#${found.anchor}`;
  };
  const shown = partOf(nodes, part, NODES);
  return {
    id: run.run_id,
    status: { text: run.status, tone: run.outcome?.status === 'failure' ? 'bad' : toneOf(run.status) },
    summary: summaryOf(run),
    started: stampText(run.started_at),
    duration: run.duration_ms === null ? '' : millisText(run.duration_ms),
    agent: run.agent?.name ?? run.agent?.id ?? '',
    facts: factsOf(run), figures: figuresOf(run),
    people: run.on_behalf_of.map(({ id = '' }) => personText(id, people)),
    links: linksOf(run),
    coverage: coverageViews(coverage, hrefOf),
    nodes: shown,
    picture: lanesPicture(looks.all, nodes.filter(({ lane, time }) => lane !== null && time !== null).map((node) => ({
      lane: node.lane?.id ?? '', micros: node.micros, iso: node.time?.iso ?? '', title: `${node.time?.clock ?? ''} ${node.kind} ${node.title}${node.outcome.text === '' ? '' : `, ${node.outcome.text}`}`,
      href: hrefOf(node.eventIds[0] ?? ''), failed: node.failed, call: node.call, state: 'past' as const,
    })).sort((a, b) => a.micros - b.micros)),
    actions: actions.map((action) => ({
      title: action.title, kind: sentenceCase(kindText(action.kind)),
      href: stepPath([...action.attempted, ...action.executed, ...action.effects, ...action.decided, ...action.approved, ...action.confirmed][0] ?? ''),
      verdict: agreementVerdict(action.agreement), reasons: action.reasons.map(words),
      parts: ([['asked', action.attempted], ['decided', action.decided], ['approved', action.approved], ['executed', action.executed], ['effect', action.effects], ['confirmed', action.confirmed]] as const).map(([name, ids]) => ({ name, count: ids.length })),
    })),
    replay: replayPath(run.run_id), diff: diffPath(run.run_id),
  };
}

/** What the run was, in two sentences. */
function summaryOf(run: RunHeader): string {
  const who = run.agent?.name ?? run.agent?.id ?? 'An agent';
  const how: Readonly<Record<RunHeader['status'], string>> = { completed: 'finished', failed: 'failed', stopped: 'was stopped', open: 'has no recorded end' };
  const did = `${many(run.counts.model_calls, 'model call')}, ${many(run.counts.tool_calls, 'tool call')} and ${many(run.counts.effects, 'effect')}`;
  const why = run.error_type ?? run.end_reason;
  return `${who} ${how[run.status]}${run.duration_ms === null ? '' : ` after ${millisText(run.duration_ms)}`}${why === null ? '' : ` (${words(why)})`}, with ${did}.`;
}

const fact = (label: string, text: string | null | undefined, code = false): { label: string; text: string; code: boolean }[] => (text === null || text === undefined || text === '' ? [] : [{ label, text, code }]);

function factsOf(run: RunHeader): RunView['facts'] {
  return [
    ...fact('agent', run.agent?.id, true), ...fact('version', run.agent?.version, true), ...fact('configuration', run.agent?.config_id, true),
    ...fact('system', run.ai_system_id, true), ...fact('workspace', run.workspace_id), ...fact('use case', run.use_case), ...fact('task', run.task_id, true),
    ...fact('trigger', run.trigger === null ? null : words(run.trigger)), ...fact('automation', run.automation_level === null ? null : words(run.automation_level)),
    ...run.policies.flatMap(({ policy_set, version }) => fact('policies in force', [policy_set, version].filter((one) => one !== null).join(' '), true)),
  ];
}

export const tokensText = ({ input_tokens, output_tokens }: Pick<UsageTotals, 'input_tokens' | 'output_tokens'>): string => `${input_tokens.toLocaleString('en')} in, ${output_tokens.toLocaleString('en')} out`;
export const costText = ({ cost }: UsageTotals): string => cost.map(({ currency, amount }) => `${amountText(amount)} ${currency}`.trim()).join(' + ');

function figuresOf(run: RunHeader): RunView['figures'] {
  const { usage, counts } = run;
  const flags = [...(counts.late > 0 ? [`${counts.late} late`] : []), ...(counts.duplicates > 0 ? [many(counts.duplicates, 'duplicate')] : []), ...(counts.conflicts > 0 ? [many(counts.conflicts, 'conflict')] : [])];
  return [
    { label: 'took', text: run.duration_ms === null ? 'no end' : millisText(run.duration_ms), detail: run.ended_at === null ? '' : `until ${stampText(run.ended_at).slice(0, 19)}` },
    ...run.models.map(({ model, provider, hosted, calls }) => ({ label: 'model', text: model ?? 'unknown', detail: [provider, hosted === null ? null : words(hosted), many(calls, 'call')].filter((one) => one !== null).join(' · ') })),
    ...(usage.input_tokens + usage.output_tokens > 0 ? [{ label: 'tokens', text: (usage.input_tokens + usage.output_tokens).toLocaleString('en'), detail: tokensText(usage) }] : []),
    ...(usage.cost.length > 0 ? [{ label: 'cost', text: costText(usage), detail: 'as its calls say' }] : []),
    { label: 'events', text: counts.events.toLocaleString('en'), detail: flags.join(', ') },
  ];
}

function linksOf(run: RunHeader): RunView['links'] {
  const runs = [...(run.parent_run_id === null ? [] : [{ label: 'part of', links: [{ text: run.parent_run_id, detail: '', href: runPath(run.parent_run_id) }] }])];
  const below = run.sub_runs.map(({ run_id, agent, status }) => ({ text: run_id, detail: [agent, status].filter((one) => one !== null).join(', '), href: runPath(run_id) }));
  const cases = run.cases.map(({ system, type, id }) => ({ text: id, detail: [system, type].filter((one) => one !== null).join(' '), href: timelinePath('case', { system: system ?? '', id }) }));
  const sessions = run.session_ids.map((id) => ({ text: id, detail: '', href: `/sessions/-?id=${encodeURIComponent(id)}` }));
  return [...runs, { label: 'sub-runs', links: below }, { label: 'cases', links: cases }, { label: 'sessions', links: sessions }].filter(({ links }) => links.length > 0);
}

export function coverageViews(coverage: Coverage, hrefOf: (eventId: string) => string): readonly CoverageView[] {
  return PARTS.map((part: Part) => {
    const { status, events, expected, reasons } = coverage[part];
    return {
      name: partNames[part], status: words(status), tone: coverageTones[status],
      figure: expected === null ? (events === 0 ? '' : many(events, 'event')) : `${many(events, 'event')}, ${expected} expected`,
      reasons: reasons.map(({ code, count, event_ids }) => ({ text: reasonText(code, count), href: event_ids[0] === undefined ? '' : hrefOf(event_ids[0]) })),
    };
  });
}

/** Streams without a gap are not yet a whole run: a part that is missing is said at the top, too. */
export function runCompleteness({ coverage }: RunView, view: CompletenessView): CompletenessView {
  const missing = coverage.filter(({ tone }) => tone === 'bad').map(({ name }) => name.toLowerCase());
  return missing.length === 0 ? view : { ...view, complete: false, verdict: `Known to be incomplete: ${missing.join(', ')}` };
}
