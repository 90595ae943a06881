import { type RunBody } from '../../questions/run-question.ts';
import { type ActionView, actionView } from './action-view.ts';
import { LaneLooks } from './lane-looks.ts';
import { type LanesPicture, lanesPicture } from './lanes-picture.ts';
import { type NodeView, nodeViews } from './node-view.ts';
import { type ListPart, partOf } from './parts-of-list.ts';
import { type People, personText, type PersonText } from './people.ts';
import { diffPath, replayPath, runPath } from './run-paths.ts';
import { type CoverageView, coverageViews } from './run-parts.ts';
import { factsOf, figuresOf, type LinkGroup, linksOf, type RunFact, type RunFigure, summaryOf } from './run-summary.ts';
import { millisText, stampText } from './time-text.ts';
import { type Tone, toneOf } from './words.ts';

const NODES = 500;

export interface RunView {
  readonly id: string;
  readonly status: { readonly text: string; readonly tone: Tone };
  readonly summary: string;
  readonly started: string;
  readonly duration: string;
  readonly agent: string;
  readonly facts: readonly RunFact[];
  readonly figures: readonly RunFigure[];
  readonly people: readonly PersonText[];
  readonly links: readonly LinkGroup[];
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
  const nodeOf = new Map(
    nodes.flatMap(({ anchor, eventIds }, index) => eventIds.map((id) => [id, { anchor, index }] as const)),
  );
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
    facts: factsOf(run),
    figures: figuresOf(run),
    people: run.on_behalf_of.map(({ id = '' }) => personText(id, people)),
    links: linksOf(run, people),
    coverage: coverageViews(coverage, hrefOf),
    nodes: shown,
    picture: lanesPicture(
      looks.all,
      nodes
        .filter(({ lane, time }) => lane !== null && time !== null)
        .map((node) => ({
          lane: node.lane?.id ?? '',
          micros: node.micros,
          iso: node.time?.iso ?? '',
          title:
            `${node.time?.clock ?? ''} ${node.kind} ` +
            `${node.title}${node.outcome.text === '' ? '' : `, ${node.outcome.text}`}`,
          href: hrefOf(node.eventIds[0] ?? ''),
          failed: node.failed,
          call: node.call,
          state: 'past' as const,
        }))
        .sort((a, b) => a.micros - b.micros),
    ),
    actions: actions.map(actionView),
    replay: replayPath(run.run_id),
    diff: diffPath(run.run_id),
  };
}
