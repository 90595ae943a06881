import { Refused, type Refusal } from '../refusal.ts';
import { type Draft } from './draft.ts';
import { type IntakePorts } from './ports.ts';

export type StepOutcome =
  { readonly status: 'passed'; readonly draft: Draft } | { readonly status: 'refused'; readonly refusal: Refusal };

/**
 * One step takes all drafts of a request that are still in the race, since some (the secret scan) are cheap only
 * together, and answers one outcome each, in order. It MUST depend on drafts and ports alone.
 */
export interface Step {
  readonly name: string;
  run(drafts: readonly Draft[], ports: IntakePorts): Promise<readonly StepOutcome[]>;
}

const attempt = (draft: Draft, ports: IntakePorts, work: (draft: Draft, ports: IntakePorts) => Draft): StepOutcome => {
  try {
    return { status: 'passed', draft: work(draft, ports) };
  } catch (error) {
    if (error instanceof Refused) return { status: 'refused', refusal: error.refusal };
    throw error;
  }
};

/** A step that looks at one event at a time. */
export const each = (name: string, work: (draft: Draft, ports: IntakePorts) => Draft): Step => ({
  name,
  run: (drafts, ports) => Promise.resolve(drafts.map((draft) => attempt(draft, ports, work))),
});
