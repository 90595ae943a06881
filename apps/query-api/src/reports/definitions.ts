/** One report: a view of the generation, cut by its day, in a fixed order. What it counts is the view's business. */
export interface ReportDefinition {
  readonly id: string;
  /** Grows when the same record gives other rows: view, columns or order changed. */
  readonly version: number;
  readonly title: string;
  readonly meaning: string;
  /** What one row is. */
  readonly grain: string;
  /** The view in the generation's database, and in `audit` under the same name. */
  readonly view: string;
  /** Columns that tell every row from every other, in the order of the rows. */
  readonly order: readonly string[];
}

/**
 * `version` 2: calls outside runs count within their session, and `actions` follows links and the newest word of each
 * policy; refusals are the sending connector's.
 */
const report = (
  id: string,
  title: string,
  meaning: string,
  grain: string,
  order: string,
  version = 1,
): ReportDefinition => ({ id, version, title, meaning, grain, view: `report_${id}`, order: order.split(' ') });

export const reportDefinitions: readonly ReportDefinition[] = [
  report(
    'ai_use',
    'AI use log',
    'Which AI was used for what, where, by how many.',
    'day, place, use case, model',
    'day environment workspace_id org_unit use_case ai_system_id model_provider model model_hosted',
    2,
  ),
  report(
    'usage_cost',
    'Usage and cost',
    'Tokens and cost of model calls; calls that say neither are counted.',
    'day, place, use case, agent, model, currency',
    'day environment workspace_id org_unit use_case agent_id model_provider model currency',
    2,
  ),
  report(
    'effects_without_decision',
    'Effects without a decision',
    "What an AI did to the world although no policy's decision and no approval is on record.",
    'action',
    'day at action_key',
    2,
  ),
  report(
    'policy_enforcement',
    'Policy enforcement',
    'What each rule decided, evaluation by evaluation, and whether what followed kept to it.',
    'day of the evaluation, environment, policy, version, rule, decision, enforcement',
    'day environment policy_id policy_version rule_id decision enforcement',
    2,
  ),
  report(
    'human_oversight',
    'Human oversight',
    'Each time a human was asked, stepped in, took over or looked again.',
    'act of oversight',
    'day at act subject',
  ),
  report(
    'masking',
    'Inspection and masking',
    'What detectors found and what was masked or stopped, by category and field.',
    'day, place, category, field, detector',
    'day workspace_id use_case step category path direction method detector_id detector_version verdict',
  ),
  report(
    'data_access',
    'Data access',
    'Which data AI read: documents, business objects, memories.',
    'day, data, agent, purpose',
    'day access data_system data_type agent_id workspace_id use_case purpose legal_basis',
  ),
  report(
    'disclosures',
    'Disclosures',
    'Each time something left: messages to outsiders, exports, shares, copies.',
    'event',
    'day at event_id',
  ),
  report(
    'coverage',
    'Coverage and gaps',
    'How much of each source is on record day by day, and what is known to be missing.',
    'day, connector, source system',
    'day connector_id source_system',
    2,
  ),
  report(
    'readers',
    'Readers',
    'Who looked at what: questions, SQL, reports, reveals, exports.',
    'day, reader, activity',
    'day reader role activity kind route report_id',
  ),
];

const byId = new Map(reportDefinitions.map((definition) => [definition.id, definition]));

export const reportDefinition = (id: string): ReportDefinition | undefined => byId.get(id);
