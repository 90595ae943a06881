import { type ApprovalAnswer } from '../../entities/approval.ts';
import { type Artifact } from '../../entities/artifact.ts';
import { type Comparison } from '../../entities/comparison.ts';
import { type EffectAnswer } from '../../entities/effect.ts';
import { type Session } from '../../entities/session.ts';
import { type EntityAnswer, type EntityKind } from '../../questions/entity-question.ts';
import { unreachable } from '@affidavit/audit-model';
import { amountText } from './describe-row.ts';
import { type People } from './people.ts';
import { code, partyPiece, piece, type Piece, type Sentence } from './pieces.ts';
import { millisText, stampText } from './time-text.ts';
import { agreementVerdict, many, words } from './words.ts';

/** What an investigator asks first of such a thing, answered in a few sentences. */
export function entitySummary(kind: EntityKind, answer: EntityAnswer, people: People): readonly Sentence[] {
  switch (kind) {
    case 'session':
      return ofSession(answer[kind] as Session, people);
    case 'artifact':
      return ofArtifact(answer[kind] as Artifact, people);
    case 'effect':
      return ofEffect(answer as unknown as EffectAnswer, people);
    case 'approval':
      return ofApproval(answer as unknown as ApprovalAnswer, people);
    case 'comparison':
      return ofComparison(answer[kind] as Comparison, people);
    default:
      return unreachable(kind);
  }
}

const when = (iso: string | null): Piece => piece(iso === null ? '' : ` on ${stampText(iso).slice(0, 19)}`);
const list = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.flatMap((one, index) => (index === 0 ? [one] : [piece(index === pieces.length - 1 ? ' and ' : ', '), one]));

const maskingSentences: Readonly<Record<Session['masking']['masked_before_submission'], string>> = {
  yes: 'What was found was masked before it went out.',
  partly: 'Only a part of what was found was masked before it went out.',
  no: 'What was found went out without masking.',
  nothing_detected: 'Detectors found nothing to mask.',
  not_inspected: 'Nobody inspected what went out.',
  no_submission: 'Nothing was sent to a model.',
};

function ofSession(
  { people: took, first_at, turns, providers, masking, moves }: Session,
  people: People,
): readonly Sentence[] {
  return [
    [
      ...(took.length === 0 ? [piece('Nobody is named')] : list(took.map((party) => partyPiece(party, people)))),
      piece(`, ${many(turns.length, 'turn')}`),
      when(first_at),
      piece('.'),
    ],
    ...(providers.length === 0
      ? []
      : [
          [
            piece(
              providers.length === 1
                ? 'One provider took part: '
                : `${providers.length} providers took part, in this order: `,
            ),
            ...list(providers.map(({ provider }) => code(provider))),
            piece('.'),
          ],
        ]),
    [piece(maskingSentences[masking.masked_before_submission])],
    ...(moves.length === 0
      ? []
      : [[piece(`Afterwards: ${many(moves.length, 'export, share or copy', 'exports, shares or copies')}.`)]]),
  ];
}

function ofArtifact({ produced_by: made, versions, moves, parents }: Artifact, people: People): readonly Sentence[] {
  const [first] = versions;
  const config = made?.configuration.agent?.config_id;
  return [
    made === null
      ? [
          first === undefined ? piece('Nobody says') : partyPiece(first.by, people),
          piece(' brought it; no model made it.'),
        ]
      : [
          piece('Made by '),
          code(made.model.response_model ?? made.model.request_model ?? 'a model'),
          ...(made.model.provider === null ? [] : [piece(' of '), code(made.model.provider)]),
          ...(config === undefined ? [] : [piece(' under the configuration '), code(config)]),
          when(made.at),
          piece('.'),
        ],
    ...(parents.length === 0
      ? []
      : [
          [
            piece('Made from '),
            ...list(
              parents.map(({ artifact_id }) => code(artifact_id, `/artifacts/-?id=${encodeURIComponent(artifact_id)}`)),
            ),
            piece('.'),
          ],
        ]),
    moves.length === 0
      ? [piece('No export, share or copy of it is on record.')]
      : [
          piece(
            `It left ${many(moves.length, 'time')}${moves.some(({ external }) => external === true) ? ', also to somebody outside' : ''}: `,
          ),
          ...list(
            moves
              .slice(0, 4)
              .map(({ kind, destination }) =>
                piece(`${words(kind)}${destination === null ? '' : ` to ${destination}`}`),
              ),
          ),
          piece('.'),
        ],
  ];
}

const effectWords: Readonly<Record<EffectAnswer['effect']['status'], string>> = {
  confirmed: 'was done, and the system of record confirms it',
  executed: 'was done',
  unobserved: 'is said to have worked by its tool, and nobody reports what was done',
  failed: 'failed',
  not_executed: 'was not done, as far as the record goes',
  reverted: 'was done and taken back',
};

function ofEffect(
  { effect, agreement, permission, controls, delegation }: EffectAnswer,
  people: People,
): readonly Sentence[] {
  const amount = effect.amount === null ? '' : ` over ${amountText(effect.amount)} ${effect.currency ?? ''}`.trimEnd();
  const [principal] = delegation.on_behalf_of;
  const about = controls.filter(({ applies_to }) => applies_to === 'action');
  return [
    [
      partyPiece(delegation.acted, people),
      ...(principal === undefined ? [] : [piece(' for '), partyPiece(principal, people)]),
      piece(': '),
      code(effect.kind ?? 'a change'),
      ...(effect.target_system === null ? [] : [piece(' in '), code(effect.target_system)]),
      piece(`${amount} ${effectWords[effect.status]}`),
      when(effect.executed_at),
      piece('.'),
    ],
    [
      piece(
        permission.permitted === 'yes'
          ? 'It was permitted at that time'
          : permission.permitted === 'no'
            ? 'It was not permitted at that time'
            : 'Whether it was permitted cannot be said',
      ),
      piece(
        `${permission.reasons.length === 0 ? '' : ` (${permission.reasons.map(words).join(', ')})`}; ` +
          `${about.length === 0 ? 'no control was applied to it.' : `${many(about.length, 'control was', 'controls were')} applied to it.`}`,
      ),
    ],
    [piece(agreementVerdict(agreement).meaning)],
  ];
}

const executedWords: Readonly<Record<ApprovalAnswer['executed']['status'], string>> = {
  as_approved: 'What was done is what was approved.',
  differently: 'What was done is not what was approved.',
  before_approval: 'It was done before it was approved.',
  although_not_approved: 'It was done although it was not approved.',
  not_executed: 'Nothing was done upon it.',
  not_comparable: 'It was done; whether it is what was approved cannot be compared.',
};

function ofApproval({ approval, executed }: ApprovalAnswer, people: People): readonly Sentence[] {
  const figure = (value: number | null): string =>
    value === null ? '' : `${value.toLocaleString('en')} ${approval.unit ?? ''}`.trim();
  const over =
    approval.value === null
      ? ''
      : ` for ${figure(approval.value)}${approval.threshold === null ? '' : `, threshold ${figure(approval.threshold)}`}`;
  return [
    approval.approver === null
      ? [piece(`It is ${words(approval.status)}${over}.`)]
      : [
          partyPiece(approval.approver, people),
          piece(
            ` ${approval.status === 'pending' ? 'was asked' : words(approval.status)}${approval.status === 'pending' ? '' : ' it'}${over}${approval.waited_ms === null ? '' : `, after ${millisText(approval.waited_ms)}`}.`,
          ),
        ],
    [
      piece(
        approval.shown.fields.length > 0
          ? `Shown were ${approval.shown.fields.join(', ')}.`
          : approval.shown.recorded
            ? 'What was shown is on record.'
            : 'What was shown is not on record.',
      ),
    ],
    [piece(executedWords[executed.status])],
  ];
}

const comparedWords: Readonly<Record<Comparison['compared_before_choosing'], string>> = {
  yes: 'Answers were compared before one was chosen.',
  no: 'Nothing was compared before the choice.',
  no_choice: 'Nothing was chosen.',
  unknown: 'Whether answers were compared cannot be said.',
};

function ofComparison(
  { by, blind, candidates, providers, selection, compared_before_choosing: compared, started_at }: Comparison,
  people: People,
): readonly Sentence[] {
  return [
    [
      by === null ? piece('Somebody') : partyPiece(by, people),
      piece(` compared ${many(candidates.length, 'answer')}${blind === true ? ' without seeing whose they were' : ''}`),
      when(started_at),
      piece('.'),
    ],
    ...(providers.length === 0
      ? []
      : [[piece('Asked, in this order: '), ...list(providers.map((one) => code(one))), piece('.')]]),
    selection === null
      ? [piece(comparedWords[compared])]
      : [
          piece('Chosen was '),
          code([selection.provider, selection.model].filter((one) => one !== null).join(' ')),
          piece(
            `${selection.after_ms === null ? '' : ` after ${millisText(selection.after_ms)}`}. ${comparedWords[compared]}`,
          ),
        ],
  ];
}
