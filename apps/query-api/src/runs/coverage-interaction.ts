import { type PartCoverage } from './coverage.ts';
import { type CoverageFacts, reason } from './coverage-facts.ts';
import { type RunRow, runOf } from './row.ts';

const recorded = (rows: readonly RunRow[], reasons: PartCoverage['reasons'] = []): PartCoverage => ({
  status: 'recorded',
  events: rows.length,
  expected: null,
  reasons,
});
const missing = (reasons: PartCoverage['reasons']): PartCoverage => ({
  status: 'missing',
  events: 0,
  expected: null,
  reasons,
});

/** What somebody asked for: a prompt, or the input that the run started with. */
export function userRequest(facts: CoverageFacts): PartCoverage {
  const prompts = facts.of('prompt');
  if (prompts.length > 0) return recorded(prompts);
  const { starts } = facts;
  const withInput = starts.filter((row) => row.content?.some(({ role }) => role === 'input'));
  if (withInput.length > 0) return recorded(withInput, reason('with_the_start', withInput));
  if (starts.some((row) => row.parent_run_id !== undefined && runOf(row) === starts[0]?.run_id))
    return facts.absent(null, reason('started_by_a_run', starts.slice(0, 1)));
  if (facts.forPerson !== undefined) return missing(reason('person_without_request', [facts.forPerson]));
  return { status: 'unknown', events: 0, expected: null, reasons: facts.open };
}

/** What the agent was told to be: its instruction, or the configuration that it ran under. */
export function agentInstruction(facts: CoverageFacts): PartCoverage {
  const { told, configured } = facts;
  if (told.length > 0)
    return recorded(
      told,
      told.every((row) => row.content?.every(({ capture }) => capture === 'none' || capture === 'metadata'))
        ? reason('without_its_text', told)
        : [],
    );
  if (configured.length > 0) return recorded(configured, reason('by_configuration_id_only', configured));
  const models = facts.of('model_call');
  return models.length === 0 ? facts.absent() : missing(reason('model_without_instruction', models.slice(0, 1)));
}

/** What the run looked at. */
export function retrievedData(facts: CoverageFacts): PartCoverage {
  const { looked, readByTool } = facts;
  if (looked.length + readByTool.length === 0) return facts.absent();
  return {
    status: 'recorded',
    events: looked.length + readByTool.length,
    expected: null,
    reasons: looked.length === 0 ? reason('as_tool_results_only', readByTool) : [],
  };
}
