import { queryError } from '../query-error.ts';
import { type FoundStep, type FoundSteps } from '../store/step-scopes.ts';
import { type Link } from './links.ts';

/** One of several things that have the same id. */
export interface StepCandidate {
  readonly kind: FoundStep['kind'];
  readonly id: string;
  readonly run_id?: string;
  readonly session_id?: string;
  readonly stream_id?: string;
  readonly events: number;
  readonly link: Link;
}

const scopeOf = ({
  run_id,
  session_id,
  stream_id,
}: FoundStep): Pick<StepCandidate, 'run_id' | 'session_id' | 'stream_id'> =>
  run_id !== '' ? { run_id } : session_id !== '' ? { session_id } : { stream_id };

function candidate(step: FoundStep): StepCandidate {
  const scope = scopeOf(step);
  const query = Object.entries(scope)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join('');
  return {
    kind: step.kind,
    id: step.id,
    ...scope,
    events: step.events,
    link: { method: 'GET', path: `/v1/steps/-?id=${encodeURIComponent(step.id)}${query}` },
  };
}

export interface ChosenStep {
  readonly step: FoundStep;
  /**
   * Streams whose events name neither run nor session and have the same id of a call or a step: nobody says that they
   * mean this one.
   */
  readonly elsewhere: readonly StepCandidate[];
}

/**
 * The one thing that the id stands for. Calls and steps mean something in their scope only, so two runs, two sessions,
 * a run and a session are two things; streams are only where nothing else has the id. An event or an effect is one
 * thing in the tenant: reports of it that name no run belong to the run that does. Throws `not_found`, and `ambiguous`
 * with candidates.
 */
export function chooseStep({ found, capped }: FoundSteps): ChosenStep {
  const [first] = found;
  if (first === undefined) throw queryError('not_found', 'there is no such step, call, effect or event');
  const inRuns = found.filter(({ run_id }) => run_id !== '');
  // Two connectors may use one id: as events they are two things.
  if (first.kind === 'event' && found.some(({ id }) => id !== first.id)) return one(found, capped, []);
  if (first.kind === 'event' || first.kind === 'effect') return one(inRuns.length > 0 ? inRuns : [first], capped, []);
  const placed = found.filter(({ run_id, session_id }) => run_id !== '' || session_id !== '');
  const bare = found.filter((step) => !placed.includes(step));
  return placed.length > 0 ? one(placed, capped, bare) : one(bare, capped, []);
}

function one(candidates: readonly FoundStep[], capped: boolean, beside: readonly FoundStep[]): ChosenStep {
  const [first, second] = candidates;
  if (first !== undefined && second === undefined && !capped)
    return { step: first, elsewhere: beside.map((step) => candidate(step)) };
  throw queryError('ambiguous', 'several runs, sessions, streams or connectors have this id: name one of them', {
    detail: { candidates: candidates.map((step) => candidate(step)), cap_reached: capped },
  });
}
