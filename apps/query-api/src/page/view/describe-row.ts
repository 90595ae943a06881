import { type NestedRow } from '../../reading/row-shape.ts';

/** One event in words: a title, and the few facts that tell it from its neighbours. */
export interface Description {
  readonly title: string;
  /** The domain of the type, for its colour. */
  readonly group: string;
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly text: string;
  /** An id or code: set in a fixed-width face. */
  readonly code: boolean;
}

type Section = Readonly<Record<string, unknown>>;

export const sectionOf = (row: NestedRow, name: string): Section =>
  typeof row[name] === 'object' && row[name] !== null ? (row[name] as Section) : {};
export const textIn = (section: Section, name: string): string => {
  const value = section[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};

const fact = (label: string, text: string, code = false): Fact[] => (text === '' ? [] : [{ label, text, code }]);

/** Of the six places of the column what says something: `129.90`, `18,400`, `0.000004`. */
export function amountText(amount: string): string {
  const [whole = '', places] = amount
    .replace(/(\.\d{2}\d*?)0+$/, '$1')
    .replace(/\.00$/, '')
    .split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${places === undefined ? '' : `.${places}`}`;
}

/** Domains that say nothing which the rest does not. */
const UNSAID = /^(interaction|artifact|oversight)\.(?=[a-z_]+\.)/;

/** `tool.call.completed` reads "Tool call completed", `interaction.prompt.submitted` "Prompt submitted". */
export function titleOf(eventType: string): string {
  const words = eventType.replace(UNSAID, '').replaceAll('_', ' ').replaceAll('.', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function describeRow(row: NestedRow): Description {
  const type = String(row['event_type']);
  return { title: titleOf(type), group: groupOf(type), facts: factsOf(row) };
}

/** What a section says first. The order is the order of reading. */
function factsOf(row: NestedRow): readonly Fact[] {
  const of = (section: string, field: string): string => textIn(sectionOf(row, section), field);
  const amount =
    of('effect', 'amount') === '' ? '' : `${amountText(of('effect', 'amount'))} ${of('effect', 'currency')}`.trim();
  const tokens = [of('usage', 'input_tokens'), of('usage', 'output_tokens')];
  return [
    ...fact('tool', of('tool', 'name'), true),
    ...fact('', of('tool', 'tier')),
    ...fact('model', of('model', 'response_model') || of('model', 'request_model'), true),
    ...fact('provider', of('model', 'provider')),
    ...fact('tokens', tokens.some((count) => count !== '') ? `${tokens[0] || '–'} in, ${tokens[1] || '–'} out` : ''),
    ...fact('decision', of('policy', 'decision') || of('approval', 'decision')),
    ...fact('policy', of('policy', 'policy_id'), true),
    ...fact('rule', of('policy', 'rule_id'), true),
    ...fact('verdict', of('inspection', 'verdict')),
    ...fact('method', of('transformation', 'method')),
    ...fact('effect', of('effect', 'kind')),
    ...fact('in', of('effect', 'target_system')),
    ...fact('document', of('effect', 'document_no'), true),
    ...fact('amount', amount),
    ...fact('source', of('retrieval', 'source_id'), true),
    ...fact('artifact', of('artifact', 'artifact_id'), true),
    ...fact('to', of('artifact', 'destination') || of('message', 'channel')),
    ...fact('ended', of('run', 'end_reason')),
    ...fact('error', of('run', 'error_type')),
    ...fact('item', of('change', 'item_id'), true),
    ...fact('link', of('link', 'kind')),
    ...fact('stream', of('gap', 'stream_id'), true),
    ...fact('asked', of('query', 'kind')),
  ];
}

const groups: readonly (readonly [string, readonly string[]])[] = [
  ['people', ['identity', 'interaction']],
  ['model', ['model']],
  ['tool', ['tool', 'retrieval', 'memory']],
  ['effect', ['object', 'message', 'process', 'artifact']],
  ['control', ['policy', 'content', 'approval', 'oversight', 'escalation', 'agent', 'review', 'decision']],
  ['run', ['run', 'step']],
];

function groupOf(type: string): string {
  const domain = type.slice(0, type.indexOf('.'));
  // agent.delegated is a run's doing, agent.suspended an overseer's.
  if (type === 'agent.delegated') return 'run';
  return groups.find(([, domains]) => domains.includes(domain))?.[0] ?? 'other';
}
