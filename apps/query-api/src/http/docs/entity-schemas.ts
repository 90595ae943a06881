import { type JsonSchema } from './record-schema.ts';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const maybe = (description: string): JsonSchema => ({ type: 'string', nullable: true, description });
const some = (description: string): JsonSchema => ({ type: 'object', description });
const many = (description: string, items: JsonSchema = { type: 'object' }): JsonSchema => ({
  type: 'array',
  items,
  description,
});
const one = (...values: string[]): JsonSchema => ({ type: 'string', enum: values });
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

export type EntitySchemaName = 'Session' | 'Artifact' | 'Effect' | 'Approval' | 'Comparison';

const links = many('links that were followed, as they stood then');

const answer = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => {
  const all = {
    ...properties,
    events: many('the rows that the answer rests on, in order', ref('Row')),
    as_of: text('what was visible: give it back as as_of and the answer is the same again'),
    completeness: ref('Completeness'),
  };
  return { type: 'object', properties: all, required: Object.keys(all) };
};
const thing = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({ type: 'object', properties });

const agreement = one('matched', 'mismatched', 'unobserved', 'denied_nothing_executed', 'executed_without_decision');
const belongs = some('runs, sessions, cases, objects');
const eventIds = many('events', { type: 'string' });
const part = thing({
  status: one('recorded', 'missing', 'not_needed', 'unknown'),
  reasons: many('codes', { type: 'string' }),
  at: maybe('when'),
  event_ids: eventIds,
});
const moves = many('exports, shares, copies, downloads, messages: by whom, destination, recipients, external');

/** What the answers about one thing are made of; how each part is found stands in the README. */
export const entitySchemas: Readonly<Record<EntitySchemaName, JsonSchema>> = {
  Session: answer({
    session: thing({
      session_id: text('the session'),
      status: one('ended', 'open'),
      started_at: maybe('sign-in'),
      ended_at: maybe('sign-out'),
      people: many('people in it, as pseudonyms'),
      turns: many('exchanges in order: prompts, model and tool calls, responses, artifacts'),
      providers: many('in the order in which they were first called, with models, calls and tokens'),
      provider_sequence: many('which provider answered after which'),
      model_calls: many('each with protection: what was inspected, found and masked before it'),
      masking: some('masked_before_submission, categories, fields, detectors, calls_not_inspected, other'),
      comparisons: many('comparisons and choices, as under /v1/comparisons'),
      moves,
      belongs_to: belongs,
      event_ids: eventIds,
    }),
    links,
  }),
  Artifact: answer({
    artifact: thing({
      artifact_id: text('the artifact'),
      versions: many('each with how it came to be, and produced_by: the call, model, configuration'),
      produced_by: { ...some('of the newest version that a call produced'), nullable: true },
      parents: many('what it was made from'),
      children: many('what was made from it'),
      analysed_by: many('models that read it'),
      moves,
      left: { type: 'boolean', description: 'it went somewhere' },
      belongs_to: belongs,
      event_ids: eventIds,
    }),
  }),
  Effect: answer({
    effect: some(
      'kind, target_system, executed_as, document_no, amount, fields, status, executed_at, confirmed_at, reverted_at',
    ),
    agreement,
    agreement_reasons: many('codes', { type: 'string' }),
    chain: thing({
      intent: part,
      delegation: part,
      policy_in_force: part,
      decision: part,
      approval: part,
      execution: part,
      confirmation: part,
      reverted: part,
    }),
    delegation: some('who acted, for whom, under which grants, and whether they were in force then'),
    policy_in_force: some('policy sets and policies, and the configuration in force then'),
    permission: thing({
      at: text('when it was done'),
      permitted: one('yes', 'no', 'unknown'),
      reasons: many('codes', { type: 'string' }),
    }),
    controls: many('in order: policies, inspections, maskings, approvals, exceptions; about the action or its run'),
    caused_by: many('events that led to it, nearest first', { type: 'string' }),
    belongs_to: belongs,
    links,
  }),
  Approval: answer({
    approval: some('status, who asked, who decided, how long it took, threshold, value, what was shown'),
    executed: thing({
      status: one(
        'as_approved',
        'differently',
        'before_approval',
        'although_not_approved',
        'not_executed',
        'not_comparable',
      ),
      approved_action_mac: maybe('of what was approved'),
      executed_action_macs: many('of what was executed', { type: 'string' }),
      at: maybe('when'),
      event_ids: eventIds,
    }),
    agreement,
    agreement_reasons: many('codes', { type: 'string' }),
    then: many('events after the decision', { type: 'string' }),
    belongs_to: belongs,
    links,
  }),
  Comparison: answer({
    comparison: thing({
      comparison_id: text('the comparison'),
      candidates: many('in the order in which they were shown, with the call of each'),
      providers: many('in the order in which they were called', { type: 'string' }),
      selection: { ...some('which was chosen, by whom, after how long'), nullable: true },
      compared_before_choosing: one('yes', 'no', 'no_choice', 'unknown'),
      moves,
      belongs_to: belongs,
      event_ids: eventIds,
    }),
  }),
};
