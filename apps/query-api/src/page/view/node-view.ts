import { type TreeNode } from '../../runs/tree.ts';
import { microsOf } from '../../runs/row.ts';
import { titleOf } from './describe-row.ts';
import { type LaneLook, type LaneLooks } from './lane-looks.ts';
import { contextPath, stepPath } from './row-paths.ts';
import { type Badge, viaBadge } from './row-view.ts';
import { elapsedText, millisText, timeText, type TimeText } from './time-text.ts';
import { kindText, sentenceCase, type Tone, toneOf } from './words.ts';

/** A node of a run's tree as one row; the tree shows as depth. */
export interface NodeView {
  readonly anchor: string;
  /** As deep as a page indents; deeper ones stay there and say how deep they are. */
  readonly indent: number;
  readonly depth: number;
  readonly kind: string;
  readonly title: string;
  /** The title is an id or a code. */
  readonly code: boolean;
  readonly href: string;
  /** What happened around it. */
  readonly around: string;
  readonly lane: LaneLook | null;
  readonly time: TimeText | null;
  readonly micros: number;
  readonly newDay: boolean;
  readonly elapsed: string;
  readonly pause: boolean;
  readonly duration: string;
  readonly outcome: { readonly text: string; readonly code: string; readonly tone: Tone };
  readonly badges: readonly Badge[];
  readonly failed: boolean;
  readonly call: boolean;
  readonly eventIds: readonly string[];
}

const MAX_INDENT = 6;
const PAUSE_MS = 60_000;

/** The whole tree, top down, in the order in which it is read. */
export function nodeViews(nodes: readonly TreeNode[], looks: LaneLooks): readonly NodeView[] {
  const views: NodeView[] = [];
  let day = '';
  const walk = (list: readonly TreeNode[], depth: number): void => {
    for (const node of list) {
      const view = nodeView(node, { depth, number: views.length + 1, day }, looks);
      day = view.time?.day ?? day;
      views.push(view);
      walk(node.children, depth + 1);
    }
  };
  walk(nodes, 0);
  return views;
}

function nodeView(
  node: TreeNode,
  { depth, number, day }: { depth: number; number: number; day: string },
  looks: LaneLooks,
): NodeView {
  const { started_at, elapsed_ms, duration_ms, outcome, event_ids } = node;
  const [first] = event_ids;
  const time = started_at === null ? null : timeText(started_at);
  const status = outcome?.status ?? '';
  // What has no name of its own is called by its event's type.
  const isType = /^[a-z_]+(\.[a-z_]+)+$/.test(node.title);
  return {
    anchor: `n-${number}`,
    indent: Math.min(depth, MAX_INDENT),
    depth,
    kind: isType && node.kind === 'other' ? titleOf(node.title) : sentenceCase(kindText(node.kind)),
    title: isType ? '' : node.title,
    code: !['approval', 'policy', 'decision', 'inspection', 'masking'].includes(node.kind),
    href: first === undefined ? '' : stepPath(first),
    around: first === undefined ? '' : contextPath(first),
    lane: looks.byId(node.lane),
    time,
    micros: started_at === null ? 0 : microsOf(started_at),
    newDay: time !== null && time.day !== day,
    elapsed: elapsed_ms === null ? '' : elapsedText(elapsed_ms * 1_000),
    pause: (elapsed_ms ?? 0) > PAUSE_MS,
    duration: duration_ms === null ? '' : millisText(duration_ms),
    outcome: {
      text: status === 'unknown' ? '' : status,
      code: outcome?.code ?? outcome?.reason ?? '',
      tone: toneOf(status),
    },
    badges: badgesOf(node),
    failed: ['failure', 'timeout', 'denied'].includes(status),
    call: node.kind === 'tool_call' || node.kind === 'model_call',
    eventIds: event_ids,
  };
}

/** `via`: links by which alone its events are here. */
const badgesOf = ({
  conflict,
  order_uncertain,
  late,
  via = [],
}: TreeNode & { readonly via?: readonly string[] }): readonly Badge[] => [
  ...(conflict
    ? [{ text: 'conflict', tone: 'bad' as const, title: 'Records under one event id state different facts' }]
    : []),
  ...(order_uncertain
    ? [
        {
          text: 'order uncertain',
          tone: 'warn' as const,
          title: 'Assigned or coarse times, or a cause that stands later, leave its place open',
        },
      ]
    : []),
  ...(late
    ? [{ text: 'late', tone: 'warn' as const, title: 'Observed more than five minutes after it occurred' }]
    : []),
  ...(via.length > 0 ? [viaBadge(via)] : []),
];
