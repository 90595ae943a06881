import { eventPath, eventRef } from '../../questions/links.ts';
import { type StepBody } from '../../questions/step-question.ts';
import { type RunRow } from '../../runs/row.ts';
import { isCall, isEffect } from '../../runs/kinds.ts';
import { textIn } from './describe-row.ts';
import { type People } from './people.ts';
import { badgesOf, type Badge, rowViews, type RowView } from './row-view.ts';
import { partyPiece, piece, type Sentence } from './pieces.ts';
import { runPath } from './run-paths.ts';
import { sentenceOf } from './sentences.ts';
import { millisText, stampText } from './time-text.ts';
import { agreementReason, agreementVerdict, kindText, sentenceCase, type Tone, type Verdict, words } from './words.ts';

/** One event of a part, for the second reading level: ids, codes, hashes, places in Kafka. */
export interface Detail {
  readonly title: string;
  readonly href: string;
  readonly stamp: string;
  readonly badges: readonly Badge[];
  readonly entries: readonly { readonly label: string; readonly text: string }[];
}

export interface StepPart {
  readonly name: string;
  readonly question: string;
  readonly tone: Tone;
  readonly sentences: readonly Sentence[];
  readonly details: readonly Detail[];
}

export interface StepView {
  readonly kind: string;
  readonly title: string;
  readonly started: string;
  readonly duration: string;
  readonly run: { readonly id: string; readonly href: string } | null;
  readonly stepId: string;
  /** The whole card in one paragraph. */
  readonly summary: readonly Sentence[];
  readonly verdict: (Verdict & { readonly reasons: string }) | null;
  readonly parts: readonly StepPart[];
  readonly next: readonly { readonly title: string; readonly rows: readonly RowView[] }[];
}

const MAX_SENTENCES = 12;

export function stepView(body: StepBody, people: People): StepView {
  const { step, attempted, allowed, did, what_happened_next: next, agreement, reasons } = body;
  const parts = [attemptedPart(body, people), allowedPart(body, people), didPart(body, people), nextPart(body, people)];
  const verdict =
    agreement === null
      ? null
      : {
          ...agreementVerdict(agreement),
          reasons: reasons.length === 0 ? '' : `${sentenceCase(reasons.map(agreementReason).join('; '))}.`,
        };
  const follow = [
    { title: 'Caused by it', rows: next.caused },
    { title: 'Next in the run', rows: next.next_in_run },
    { title: 'Later on the same objects', rows: next.later_on_objects },
  ].filter(({ rows }) => rows.length > 0);
  const any = [...attempted.events, ...allowed.events, ...did.events, ...next.answered];
  return {
    kind: sentenceCase(kindText(step.kind)),
    title: step.title,
    started: stampText(step.started_at),
    duration: any.length < 2 ? '' : millisText(step.duration_ms),
    run: step.run_id === null ? null : { id: step.run_id, href: runPath(step.run_id) },
    stepId: step.step_id ?? '',
    summary: parts.flatMap(({ sentences }) => sentences.slice(0, 1)),
    verdict,
    parts,
    next: follow.map(({ title, rows }) => ({ title, rows: rowViews(rows, people) })),
  };
}

function attemptedPart({ attempted }: StepBody, people: People): StepPart {
  const [principal] = attempted.on_behalf_of;
  const asked = attempted.events.map((row) => sentenceOf(row, people));
  const behalf: Sentence[] =
    principal === undefined || asked.length === 0
      ? []
      : [
          [
            piece('On behalf of '),
            partyPiece(principal, people),
            ...(textIn(principal, 'relation') === '' || principal.relation === 'unknown'
              ? []
              : [piece(` (${words(principal.relation ?? '')})`)]),
            piece('.'),
          ],
        ];
  return part(
    'Attempted',
    'What was wanted?',
    attempted.events,
    asked.length === 0 ? [[piece('What was asked for is not on record.')]] : [...asked, ...behalf],
    asked.length === 0 ? 'warn' : 'info',
  );
}

function allowedPart({ allowed }: StepBody, people: People): StepPart {
  const denied = allowed.events.some(
    (row) =>
      row.policy?.decision === 'deny' || row.approval?.decision === 'rejected' || row.event_type === 'content.blocked',
  );
  const none: Sentence = [piece('No rule, no inspection and no approval of it is on record.')];
  return part(
    'Allowed',
    'Was it permitted?',
    allowed.events,
    allowed.events.length === 0 ? [none] : allowed.events.map((row) => sentenceOf(row, people)),
    allowed.events.length === 0 ? 'warn' : denied ? 'bad' : 'good',
  );
}

function didPart({ did, agreement }: StepBody, people: People): StepPart {
  const nothing: Sentence = [
    piece(agreement === 'denied_nothing_executed' ? 'Nothing was done.' : 'Nothing that was done is on record.'),
  ];
  const real = did.events.filter((row) => isEffect(row.event_type) || isCall(row.event_type));
  // What changed the world is told first, then how the call ended.
  const ordered = [...did.events].sort((a, b) => Number(isEffect(b.event_type)) - Number(isEffect(a.event_type)));
  const failed = real.some(
    (row) => ['failure', 'timeout', 'denied'].includes(row.outcome?.status ?? '') || row.event_type.endsWith('.failed'),
  );
  return part(
    'Did',
    'What was done?',
    did.events,
    did.events.length === 0 ? [nothing] : ordered.map((row) => sentenceOf(row, people)),
    did.events.length === 0 ? (agreement === 'denied_nothing_executed' ? 'good' : 'warn') : failed ? 'bad' : 'info',
  );
}

function nextPart(
  { what_happened_next: { answered, caused, next_in_run, later_on_objects } }: StepBody,
  people: People,
): StepPart {
  const told: Sentence[] = answered.map((row) => sentenceOf(row, people));
  const [first] = next_in_run;
  const then: Sentence[] = first === undefined ? [] : [[piece('Next in the run: '), ...sentenceOf(first, people)]];
  const also: Sentence[] =
    caused.length > 0 ? caused.slice(0, 2).map((row) => [piece('It led to this: '), ...sentenceOf(row, people)]) : [];
  const later: Sentence[] = later_on_objects
    .slice(0, 1)
    .map((row) => [piece('Later on the same object: '), ...sentenceOf(row, people)]);
  const all = [...told, ...also, ...then, ...later];
  return part(
    'Then',
    'What happened next?',
    answered,
    all.length === 0 ? [[piece('Nothing further is on record.')]] : all,
    answered.length > 0 ? 'good' : 'quiet',
  );
}

const part = (
  name: string,
  question: string,
  events: readonly RunRow[],
  sentences: readonly Sentence[],
  tone: Tone,
): StepPart => ({
  name,
  question,
  tone,
  sentences:
    sentences.length <= MAX_SENTENCES
      ? sentences
      : [
          ...sentences.slice(0, MAX_SENTENCES),
          [piece(`And ${sentences.length - MAX_SENTENCES} more; the details list them.`)],
        ],
  details: events.map(detailOf),
});

const ids = [
  'step_id',
  'call_id',
  'effect_id',
  'decision_id',
  'approval_id',
  'action_mac',
  'causation_id',
  'trace_id',
] as const;

function detailOf(row: RunRow): Detail {
  const entry = (label: string, text: string | number | undefined): { label: string; text: string }[] =>
    text === undefined || text === '' ? [] : [{ label, text: String(text) }];
  return {
    title: row.event_type,
    href: eventPath(eventRef(row)),
    stamp: stampText(row.occurred_at),
    badges: badgesOf(row),
    entries: [
      ...entry('event', row.event_id),
      ...ids.flatMap((name) => entry(words(name).replace(/ id$/, ''), row[name])),
      ...entry('arguments MAC', row.tool?.args_mac),
      ...entry('result MAC', row.tool?.result_mac),
      ...entry('policy version', row.policy?.policy_version),
      ...entry('rule', row.policy?.rule_id),
      ...entry('reason codes', row.policy?.reason_codes?.join(', ')),
      ...entry('transaction', row.effect?.transaction_key),
      ...entry('grade', row.evidence_grade),
      ...entry('source', row.source?.system),
      ...entry('observed at', row.observed_at),
      ...entry('record SHA-256', (row as { record_hash?: string }).record_hash),
      ...entry('Kafka', `${row.kafka.topic} / ${row.kafka.partition} / ${row.kafka.offset}`),
    ],
  };
}
