import { endsCall, endsRun, isEffect, kindOf, type NodeKind } from './kinds.ts';
import { type PartCoverage, type Reason } from './coverage.ts';
import { type RunRow, runOf } from './row.ts';
import { eachInTurns, type Turns } from './turns.ts';

const LISTED = 20;

export const reason = (code: string, rows: readonly RunRow[], count = rows.length): readonly Reason[] =>
  count === 0 ? [] : [{ code, count, event_ids: rows.slice(0, LISTED).map(({ event_id }) => event_id) }];

const looking: ReadonlySet<string> = new Set(['retrieval.performed', 'memory.read', 'object.read']);
const troubling: ReadonlySet<NodeKind> = new Set(['exception', 'escalation', 'override']);

/** The rows of a run by what the parts ask of them, found by looking at each once. All lists are in order. */
export class CoverageFacts {
  readonly #ofKind = new Map<NodeKind, RunRow[]>();
  readonly runs = new Set<string>();
  readonly starts: RunRow[] = [];
  readonly ends: RunRow[] = [];
  /** The first row that a person acts in, or that is for one. */
  forPerson: RunRow | undefined;
  /** Rows whose content is an instruction or a configuration. */
  readonly told: RunRow[] = [];
  readonly configured: RunRow[] = [];
  readonly looked: RunRow[] = [];
  readonly readByTool: RunRow[] = [];
  readonly effects: RunRow[] = [];
  readonly troubles: RunRow[] = [];

  /**
   * `closed`: the run has ended and no hole is known, so what is not there was not. `open` says why it is not closed.
   */
  constructor(
    readonly closed: boolean,
    readonly open: readonly Reason[],
  ) {}

  add(row: RunRow): void {
    const { event_type } = row;
    const [kind, run] = [kindOf(event_type), runOf(row)];
    const same = this.#ofKind.get(kind);
    if (same === undefined) this.#ofKind.set(kind, [row]);
    else same.push(row);
    if (run !== '') this.runs.add(run);
    if (event_type === 'run.started') this.starts.push(row);
    if (endsRun(event_type)) this.ends.push(row);
    if (
      this.forPerson === undefined &&
      (row.actor?.type === 'human' || row.on_behalf_of?.some(({ type }) => type === 'human'))
    )
      this.forPerson = row;
    if (row.content?.some(({ role }) => role === 'system' || role === 'config')) this.told.push(row);
    if (row.agent?.config_id !== undefined) this.configured.push(row);
    if (looking.has(event_type)) this.looked.push(row);
    if (row.tool?.tier === 'read' && endsCall(event_type)) this.readByTool.push(row);
    if (isEffect(event_type)) this.effects.push(row);
    if (
      troubling.has(kind) ||
      event_type.endsWith('.failed') ||
      event_type === 'content.blocked' ||
      row.policy?.decision === 'deny'
    )
      this.troubles.push(row);
  }

  of(kind: NodeKind): readonly RunRow[] {
    return this.#ofKind.get(kind) ?? [];
  }

  /** Nothing of it is there. */
  absent(expected: number | null = null, reasons: readonly Reason[] = []): PartCoverage {
    return { status: this.closed ? 'not_needed' : 'unknown', events: 0, expected, reasons: [...reasons, ...this.open] };
  }
}

export function* factsOf(rows: readonly RunRow[], isOpen: boolean, holes: boolean): Turns<CoverageFacts> {
  const facts = new CoverageFacts(!isOpen && !holes, [
    ...(isOpen ? reason('run_without_end', [], 1) : []),
    ...(holes ? reason('gaps_or_cap', [], 1) : []),
  ]);
  yield* eachInTurns(rows, (row) => facts.add(row));
  return facts;
}
