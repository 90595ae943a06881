import { isAttached, isCall, isEffect, kindOf, type NodeKind } from './kinds.ts';
import { callOf, type RunRow, runOf } from './row.ts';

/** A node while the tree is put together. One without rows is only named by others: a step that nobody planned, a run without a start. */
export interface Draft {
  readonly id: string;
  readonly kind: NodeKind;
  readonly runId: string;
  readonly rows: RunRow[];
  /** Place of its first row, or of the first row that names it. */
  readonly place: number;
  readonly children: Draft[];
  parent: Draft | null;
  /** Of a step: the one above it, as the first row says that names both. */
  stepAbove: string | null;
}

const runKey = (run: string): string => `run:${run}`;
const stepKey = (run: string, step: string): string => `step:${JSON.stringify([run, step])}`;
const callKey = (row: RunRow): string => `call:${callOf(row)}`;

/** Every event of the rows is in exactly one draft: those of a run's start and end, of a step, a call or an approval share one. */
export class Drafts {
  readonly all = new Map<string, Draft>();
  readonly ofEvent = new Map<string, Draft>();
  readonly #ofId = new Map<string, Draft>();
  readonly #effects = new Map<string, Draft>();
  readonly #delegations = new Map<string, Draft>();

  constructor(rows: readonly RunRow[], readonly root: string) {
    rows.forEach((row, place) => {
      this.#nameParents(row, place);
      const draft = this.#draft(keyOf(row), kindOf(row.event_type), runOf(row), place);
      draft.rows.push(row);
      this.ofEvent.set(row.event_id, draft);
      this.#remember(row, draft);
    });
    this.#hang();
  }

  #draft(id: string, kind: NodeKind, runId: string, place: number): Draft {
    const known = this.all.get(id);
    if (known !== undefined) return known;
    const draft: Draft = { id, kind, runId, rows: [], place, children: [], parent: null, stepAbove: null };
    this.all.set(id, draft);
    return draft;
  }

  /** Runs and steps are nodes as soon as somebody names them. */
  #nameParents(row: RunRow, place: number): void {
    const run = runOf(row);
    if (run === '') return;
    this.#draft(runKey(run), 'run', run, place);
    if (row.step_id === undefined) return;
    const step = this.#draft(stepKey(run, row.step_id), 'step', run, place);
    if (row.parent_step_id === undefined || row.parent_step_id === row.step_id) return;
    step.stepAbove ??= row.parent_step_id;
    this.#draft(stepKey(run, row.parent_step_id), 'step', run, place);
  }

  /** A call is found before what it caused: it comes first, and stays what its ids stand for. */
  #remember(row: RunRow, draft: Draft): void {
    const keys = [row.effect_id && `effect ${row.effect_id}`, row.approval_id && `approval ${row.approval_id}`, row.decision_id && `decision ${row.decision_id}`, row.action_mac && `action ${row.action_mac}`];
    const isAction = isCall(row.event_type);
    if (row.effect_id !== undefined && isEffect(row.event_type) && draft.kind !== 'revert' && !this.#effects.has(row.effect_id)) this.#effects.set(row.effect_id, draft);
    for (const key of keys) {
      if (key === undefined || key === '') continue;
      const known = this.#ofId.get(key);
      if (known === undefined || (isAction && !isCallDraft(known))) this.#ofId.set(key, draft);
    }
    const child = row.event_type === 'agent.delegated' ? row.details?.['child_run_id'] : undefined;
    if (child !== undefined && child !== runOf(row)) this.#delegations.set(child, draft);
  }

  /** Everything that hangs nowhere hangs under the run that was asked for; so does what would close a circle. */
  #hang(): void {
    const root = this.all.get(runKey(this.root)) ?? null;
    for (const draft of this.all.values()) {
      const wanted = draft === root ? null : (this.#parentOf(draft) ?? root);
      draft.parent = wanted === draft ? null : wanted;
    }
    const safe = new Set<Draft>();
    for (const draft of this.all.values()) {
      const path = new Set<Draft>();
      for (let node: Draft | null = draft; node !== null && !safe.has(node); node = node.parent) {
        path.add(node);
        if (node.parent !== null && path.has(node.parent)) node.parent = node === root ? null : root;
      }
      for (const node of path) safe.add(node);
    }
    for (const draft of this.all.values()) draft.parent?.children.push(draft);
  }

  #parentOf(draft: Draft): Draft | undefined {
    const row = draft.rows[0];
    if (draft.kind === 'run') return this.#parentOfRun(draft, row);
    const run = this.all.get(runKey(draft.runId));
    if (draft.id.startsWith('step:')) return (draft.stepAbove === null ? undefined : this.all.get(stepKey(draft.runId, draft.stepAbove))) ?? run;
    if (row === undefined) return run;
    return this.#action(draft, row) ?? this.#stepOf(draft, row) ?? run;
  }

  #parentOfRun(draft: Draft, row: RunRow | undefined): Draft | undefined {
    const delegation = this.#delegations.get(draft.runId);
    if (delegation !== undefined) return delegation;
    if (row?.parent_run_id === undefined) return undefined;
    const step = row.parent_step_id === undefined ? undefined : this.all.get(stepKey(row.parent_run_id, row.parent_step_id));
    return step ?? this.all.get(runKey(row.parent_run_id));
  }

  #stepOf(draft: Draft, row: RunRow): Draft | undefined {
    return row.step_id === undefined ? undefined : this.all.get(stepKey(draft.runId, row.step_id));
  }

  /** What an attached event is about: its call, what shares its ids, what caused it. A call hangs under no other. */
  #action(draft: Draft, row: RunRow): Draft | undefined {
    if (isCall(row.event_type)) return undefined;
    const effect = (draft.kind === 'confirmation' || draft.kind === 'revert') && row.effect_id !== undefined ? this.#effects.get(row.effect_id) : undefined;
    if (effect !== undefined) return effect;
    const call = row.call_id === undefined ? undefined : this.all.get(callKey(row));
    if (call !== undefined) return call;
    if (!isAttached(row.event_type)) return undefined;
    const byId = [row.effect_id && `effect ${row.effect_id}`, row.approval_id && `approval ${row.approval_id}`, row.decision_id && `decision ${row.decision_id}`, row.action_mac && `action ${row.action_mac}`]
      .map((key) => (key === undefined || key === '' ? undefined : this.#ofId.get(key))).find((found) => found !== undefined && found !== draft);
    if (byId !== undefined) return byId;
    const cause = row.causation_id === undefined ? undefined : this.ofEvent.get(row.causation_id);
    return cause !== undefined && cause !== draft && (isCallDraft(cause) || isAttached(cause.rows[0]?.event_type ?? row.event_type)) ? cause : undefined;
  }
}

const isCallDraft = (draft: Draft): boolean => draft.kind === 'tool_call' || draft.kind === 'model_call';

function keyOf(row: RunRow): string {
  const run = runOf(row);
  switch (kindOf(row.event_type)) {
    case 'run':
      return runKey(run);
    case 'step':
      return row.step_id === undefined ? `event:${row.event_id}` : stepKey(run, row.step_id);
    case 'tool_call':
    case 'model_call':
      return row.call_id === undefined ? `event:${row.event_id}` : callKey(row);
    case 'approval':
      return row.approval_id === undefined ? `event:${row.event_id}` : `approval:${row.approval_id}`;
    default:
      return `event:${row.event_id}`;
  }
}
