import { at } from './bearers.ts';
import { isCall, isEffect, kindOf, type NodeKind } from './kinds.ts';
import { callOf, type RunRow, runOf, eventKeyOf } from './row.ts';

/**
 * A node while the tree is put together. One without rows is only named by others: a step that nobody planned, a run
 * without a start.
 */
export interface Draft {
  readonly id: string;
  readonly kind: NodeKind;
  readonly runId: string;
  /** Of a step's node, whether it has rows or not. */
  readonly stepId: string | null;
  readonly rows: RunRow[];
  /** Place of its first row, or of the first row that names it. */
  readonly place: number;
  readonly children: Draft[];
  parent: Draft | null;
  /** Of a step: the one above it, as the first row says that names both. */
  stepAbove: string | null;
}

/** Ids that tell what an event is about, the nearest first. */
export const ABOUT = ['effect_id', 'approval_id', 'decision_id', 'action_mac'] as const;

/**
 * Every event of the rows is in exactly one draft: those of a run's start and end, of a step, a call or an approval
 * share one.
 */
export class Drafts {
  /** In the order of their places. */
  readonly all: Draft[] = [];
  /**
   * Those that have events, in the order of their first ones. A step that is named before it is planned stands before
   * it begins.
   */
  readonly begun: Draft[] = [];
  readonly ofEvent = new Map<string, Draft>();
  /** The effect that a system of record confirms or takes back. */
  readonly effects = new Map<string, Draft>();
  /** By the run that was started. */
  readonly delegations = new Map<string, Draft>();
  readonly #runs = new Map<string, Draft>();
  readonly #steps = new Map<string, Map<string, Draft>>();
  readonly #calls = new Map<string, Draft>();
  readonly #approvals = new Map<string, Draft>();
  readonly #about: Readonly<Record<(typeof ABOUT)[number], Map<string, Draft>>> = {
    effect_id: new Map(),
    approval_id: new Map(),
    decision_id: new Map(),
    action_mac: new Map(),
  };

  /** Rows are added in order. */
  add(row: RunRow, place: number): void {
    this.#nameParents(row, place);
    const draft = this.#draftOf(row, place);
    if (draft.rows.push(row) === 1) this.begun.push(draft);
    this.ofEvent.set(eventKeyOf(row), draft);
    this.#remember(row, draft);
  }

  run(id: string): Draft | undefined {
    return this.#runs.get(id);
  }

  step(run: string, id: string): Draft | undefined {
    return this.#steps.get(run)?.get(id);
  }

  /** The call that the row names. */
  call(row: RunRow): Draft | undefined {
    return row.call_id === undefined ? undefined : this.#calls.get(callOf(row));
  }

  /** The first that bears one of the row's ids, which is a call where there is one; never the draft itself. */
  about(row: RunRow, draft: Draft): Draft | undefined {
    for (const kind of ABOUT) {
      const found = row[kind] === undefined ? undefined : this.#about[kind].get(row[kind]);
      if (found !== undefined && found !== draft) return found;
    }
    return undefined;
  }

  #made(id: string, kind: NodeKind, runId: string, place: number, stepId: string | null = null): Draft {
    const draft: Draft = { id, kind, runId, stepId, rows: [], place, children: [], parent: null, stepAbove: null };
    this.all.push(draft);
    return draft;
  }

  #run(run: string, place: number): Draft {
    return at(this.#runs, run, () => this.#made(`run:${run}`, 'run', run, place));
  }

  #step(run: string, step: string, place: number): Draft {
    return at(
      at(this.#steps, run, () => new Map<string, Draft>()),
      step,
      () => this.#made(`step:${JSON.stringify([run, step])}`, 'step', run, place, step),
    );
  }

  #draftOf(row: RunRow, place: number): Draft {
    const [run, kind] = [runOf(row), kindOf(row.event_type)];
    const { call_id, approval_id, step_id } = row;
    if (kind === 'run') return this.#run(run, place);
    if (kind === 'step' && step_id !== undefined) return this.#step(run, step_id, place);
    if (isCall(row.event_type) && call_id !== undefined)
      return at(this.#calls, callOf(row), () => this.#made(`call:${callOf(row)}`, kind, run, place));
    if (kind === 'approval' && approval_id !== undefined)
      return at(this.#approvals, approval_id, () => this.#made(`approval:${approval_id}`, kind, run, place));
    return this.#made(`event:${eventKeyOf(row)}`, kind, run, place);
  }

  /** Runs and steps are nodes as soon as somebody names them. */
  #nameParents(row: RunRow, place: number): void {
    const run = runOf(row);
    if (run === '') return;
    this.#run(run, place);
    if (row.step_id === undefined) return;
    const step = this.#step(run, row.step_id, place);
    if (row.parent_step_id === undefined || row.parent_step_id === row.step_id) return;
    step.stepAbove ??= row.parent_step_id;
    this.#step(run, row.parent_step_id, place);
  }

  /** A call is found before what it caused: it comes first, and stays what its ids stand for. */
  #remember(row: RunRow, draft: Draft): void {
    const { effect_id } = row;
    if (effect_id !== undefined && isEffect(row.event_type) && draft.kind !== 'revert' && !this.effects.has(effect_id))
      this.effects.set(effect_id, draft);
    const isAction = isCall(row.event_type);
    for (const kind of ABOUT) {
      const id = row[kind];
      if (id === undefined || id === '') continue;
      const known = this.#about[kind].get(id);
      if (known === undefined || (isAction && !isCallDraft(known))) this.#about[kind].set(id, draft);
    }
    const child = row.event_type === 'agent.delegated' ? row.details?.['child_run_id'] : undefined;
    if (child !== undefined && child !== runOf(row)) this.delegations.set(child, draft);
  }
}

export const isCallDraft = (draft: Draft): boolean => draft.kind === 'tool_call' || draft.kind === 'model_call';
