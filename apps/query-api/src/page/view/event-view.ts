import { type NestedRow } from '../../reading/row-shape.ts';
import { describeRow, sectionOf, textIn, titleOf } from './describe-row.ts';
import { type People, personText, type PersonText } from './people.ts';
import { badgesOf, caseLinks, objectLinks, outcomeOf } from './row-view.ts';
import { spanText, timeText } from './time-text.ts';

export interface Entry {
  readonly label: string;
  readonly text: string;
  readonly code: boolean;
  readonly href: string;
}

export interface EntryGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const plain = (label: string, value: unknown, code = false, href = ''): Entry[] => {
  const text =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  return text === '' ? [] : [{ label: label.replaceAll('_', ' '), text, code, href }];
};

/** Ids that other events carry as well: each leads to them. */
const joins = [
  'run_id',
  'root_run_id',
  'parent_run_id',
  'session_id',
  'turn_id',
  'task_id',
  'step_id',
  'call_id',
  'effect_id',
  'decision_id',
  'approval_id',
  'trace_id',
  'span_id',
  'correlation_id',
] as const;
const envelope: ReadonlySet<string> = new Set([
  'source',
  'actor',
  'outcome',
  'kafka',
  'details',
  'agent',
  'policy_context',
]);
const meaningful = (name: string): boolean => /_(id|mac|hash|key)$|^(id|version|name)$/.test(name);

/** Everything that one event says, in groups in the order of an investigator's questions. */
export function eventView(event: NestedRow, people: People): object {
  const actor = sectionOf(event, 'actor');
  const kafka = sectionOf(event, 'kafka');
  return {
    ...describeRow(event),
    id: event['event_id'],
    time: timeText(String(event['occurred_at'])),
    outcome: outcomeOf(event),
    badges: badgesOf(event),
    actor: { ...personText(textIn(actor, 'id'), people), type: textIn(actor, 'type') },
    behalf: elements(event, 'on_behalf_of').map((one) => personText(textIn(one, 'id'), people)),
    subjects: elements(event, 'subject_refs').map((one): PersonText & { role: string } => ({
      ...personText(textIn(one, 'id'), people),
      role: textIn(one, 'role').replaceAll('_', ' '),
    })),
    objects: objectLinks(event, people),
    cases: caseLinks(event),
    content: elements(event, 'content').map((one) => ({
      role: textIn(one, 'role').replaceAll('_', ' '),
      capture: textIn(one, 'capture'),
      media_type: textIn(one, 'media_type'),
      size_bytes: textIn(one, 'size_bytes'),
      content_id: textIn(one, 'content_id'),
    })),
    groups: [
      { title: 'Time', entries: timeEntries(event) },
      { title: 'Part of', entries: joinEntries(event) },
      ...sectionGroups(event),
      {
        title: 'Source',
        entries: [
          ...entriesOf(sectionOf(event, 'source')),
          ...plain('evidence_grade', event['evidence_grade']),
          ...entriesOf(sectionOf(event, 'agent')).map((entry) => ({ ...entry, label: `agent ${entry.label}` })),
        ],
      },
      { title: 'Context', entries: contextEntries(event) },
    ].filter((group) => group.entries.length > 0) satisfies EntryGroup[],
    evidence: [
      ...plain('topic', kafka['topic'], true),
      ...plain('partition', kafka['partition'], true),
      ...plain('offset', kafka['offset'], true),
      ...plain('appended by the broker', kafka['timestamp'], true),
      ...plain('record SHA-256', event['record_hash'], true),
      ...plain('fact SHA-256', event['fact_hash'], true),
      ...plain('stream', event['stream_id'], true),
      ...plain('number in stream', event['seq'], true),
      ...plain('numbered by', event['seq_origin']),
      ...plain('schema id', event['schema_id'], true),
    ],
    copies: elements(event, 'copies').map((copy) => ({
      place:
        `${textIn(sectionOf(copy, 'kafka'), 'topic')} / ${textIn(sectionOf(copy, 'kafka'), 'partition')} / ` +
        `${textIn(sectionOf(copy, 'kafka'), 'offset')}`,
      appended: textIn(sectionOf(copy, 'kafka'), 'timestamp'),
      record_hash: textIn(copy, 'record_hash'),
      fact_hash: textIn(copy, 'fact_hash'),
      differs: copy['event'] !== undefined,
    })),
    json: JSON.stringify(event, null, 2),
  };
}

const elements = (event: NestedRow, name: string): readonly NestedRow[] =>
  Array.isArray(event[name]) ? (event[name] as NestedRow[]) : [];

const entriesOf = (section: Readonly<Record<string, unknown>>): Entry[] =>
  Object.entries(section).flatMap(([name, value]) => valueEntries(name, value));

function valueEntries(name: string, value: unknown): Entry[] {
  if (!Array.isArray(value)) return plain(name, value, meaningful(name));
  return (value as unknown[]).flatMap((one, index) =>
    plain(
      `${name} ${index + 1}`,
      typeof one === 'object'
        ? Object.entries(one as object)
            .map(([key, inner]) => `${key} ${String(inner)}`)
            .join(', ')
        : one,
    ),
  );
}

const timeEntries = (event: NestedRow): Entry[] => [
  ...plain('occurred at', event['occurred_at'], true),
  ...plain('observed at', event['observed_at'], true),
  ...plain('dated by', event['time_basis']),
  ...plain('precision', spanText(Number(event['time_precision_us']))),
];

const views: Readonly<Record<string, string>> = {
  run_id: 'runs',
  root_run_id: 'runs',
  parent_run_id: 'runs',
  session_id: 'sessions',
  effect_id: 'effects',
  approval_id: 'approvals',
};

/**
 * The view of the thing, where there is one; else the events that carry the id. A call or a step is this event's step.
 */
const joinPath = (name: string, id: string): string =>
  views[name] === undefined
    ? `/search?${name}=${encodeURIComponent(id)}`
    : `/${views[name]}/-?id=${encodeURIComponent(id)}`;

const joinEntries = (event: NestedRow): Entry[] => [
  ...joins.flatMap((name) => plain(name.replace(/_id$/, ''), event[name], true, joinPath(name, String(event[name])))),
  ...plain(
    'caused by',
    event['causation_id'],
    true,
    `/events/-?id=${encodeURIComponent(String(event['causation_id']))}`,
  ),
];

const contextEntries = (event: NestedRow): Entry[] => [
  ...[
    'environment',
    'region',
    'channel',
    'client_app',
    'workspace_id',
    'use_case',
    'purpose',
    'legal_basis',
    'org_unit',
    'ai_system_id',
    'retention_class',
    'attempt',
  ].flatMap((name) => plain(name, event[name])),
  ...valueEntries('label', event['labels'] ?? []),
  ...valueEntries('category', event['categories'] ?? []),
  ...entriesOf(sectionOf(event, 'policy_context')).map((entry) => ({ ...entry, label: `policy ${entry.label}` })),
  ...entriesOf(sectionOf(event, 'details')),
];

/** The sections of the type: tool, model, effect and so on. */
const sectionGroups = (event: NestedRow): EntryGroup[] =>
  Object.keys(event)
    .filter(
      (name) =>
        !envelope.has(name) && typeof event[name] === 'object' && event[name] !== null && !Array.isArray(event[name]),
    )
    .map((name) => ({ title: titleOf(name), entries: entriesOf(sectionOf(event, name)) }));
