import { unreachable } from '@affidavit/audit-model';
import { timelinePath } from '../../questions/links.ts';
import { kindOf } from '../../runs/kinds.ts';
import { type RunRow } from '../../runs/row.ts';
import { amountText, titleOf } from './describe-row.ts';
import { type People } from './people.ts';
import { code, ending, partyPiece, piece, type Piece, type Sentence } from './pieces.ts';
import { approvalSentence, protectionSentence, ruleSentence } from './sentences-of-control.ts';
import { millisText } from './time-text.ts';
import { many } from './words.ts';

/** What an event says, in one sentence: who did what to what, and how it ended. Names and codes only, never content. */
export function sentenceOf(row: RunRow, people: People): Sentence {
  const who = partyPiece(row.actor, people, row.source?.system ?? 'A source');
  const kind = kindOf(row.event_type);
  switch (kind) {
    case 'prompt':
      return [who, piece(' entered a prompt.')];
    case 'response':
      return [
        piece('The answer was shown to '),
        ...(row.on_behalf_of?.[0] === undefined ? [piece('the user')] : [partyPiece(row.on_behalf_of[0], people)]),
        piece('.'),
      ];
    case 'model_call':
      return modelSentence(row, who);
    case 'tool_call':
      return toolSentence(row, who);
    case 'policy':
    case 'block':
    case 'exception':
    case 'override':
      return ruleSentence(row, who);
    case 'approval':
      return approvalSentence(row, who, people);
    case 'inspection':
    case 'masking':
      return protectionSentence(row, who);
    case 'effect':
    case 'process':
    case 'message':
    case 'revert':
    case 'confirmation':
    case 'read':
      return effectSentence(row, who, kind);
    case 'delegation':
      return [who, piece(' handed a part to '), code(childOf(row)), piece('.')];
    case 'retrieval':
    case 'memory':
      return [
        who,
        piece(row.event_type === 'memory.written' ? ' kept something in ' : ' looked things up in '),
        code(row.retrieval?.source_id ?? 'a source'),
        piece(row.retrieval?.results === undefined ? '.' : `: ${many(row.retrieval.results.length, 'result')}.`),
      ];
    case 'run':
      return runSentence(row, who);
    case 'artifact':
      return artifactSentence(row, who);
    case 'step':
    case 'plan':
    case 'decision':
    case 'escalation':
    case 'comparison':
    case 'feedback':
    case 'review':
    case 'link':
    case 'other':
      return [
        who,
        piece(`: ${titleOf(row.event_type).toLowerCase()}`),
        ...(row.details?.['branch'] === undefined ? [] : [piece(', took the branch '), code(row.details['branch'])]),
        piece('.'),
      ];
    default:
      return unreachable(kind);
  }
}

const childOf = ({ details }: RunRow): string =>
  details?.['child_agent_id'] ?? details?.['child_run_id'] ?? 'another agent';

function artifactSentence({ event_type, artifact }: RunRow, who: Piece): Sentence {
  const id = artifact?.artifact_id;
  const named = id === undefined ? [] : [piece(' '), code(id, `/artifacts/-?id=${encodeURIComponent(id)}`)];
  const destination = artifact?.destination === undefined ? [] : [piece(' to '), code(artifact.destination)];
  return [who, piece(`: ${titleOf(event_type).toLowerCase()}`), ...named, ...destination, piece('.')];
}

function modelSentence(row: RunRow, who: Piece): Sentence {
  const model = code(row.model?.response_model ?? row.model?.request_model ?? 'a model');
  const by = row.model?.provider === undefined ? [] : [piece(' of '), code(row.model.provider)];
  if (row.event_type === 'model.call.requested') return [who, piece(' asked the model '), model, ...by, piece('.')];
  if (row.event_type === 'model.call.failed')
    return [piece('The model '), model, ...by, piece(' did not answer'), ...ending(row)];
  const took = row.usage?.duration_ms === undefined ? '' : ` in ${millisText(row.usage.duration_ms)}`;
  const tokens =
    row.usage?.output_tokens === undefined
      ? ''
      : `, ${(row.usage.input_tokens ?? 0).toLocaleString('en')} tokens in and ${row.usage.output_tokens.toLocaleString('en')} out`;
  return [piece('The model '), model, ...by, piece(` answered${took}${tokens}.`)];
}

function toolSentence(row: RunRow, who: Piece): Sentence {
  const name = code(row.tool?.name ?? 'a tool');
  const where = row.tool?.server === undefined ? [] : [piece(' at '), code(row.tool.server)];
  const tier =
    row.tool?.tier === undefined || row.tool.tier === 'unknown'
      ? ''
      : row.tool.tier === 'read'
        ? ', which only reads'
        : ', which writes';
  if (row.event_type === 'tool.call.requested')
    return [who, piece(' asked to call '), name, ...where, piece(`${tier}.`)];
  const took = row.usage?.duration_ms === undefined ? '' : ` after ${millisText(row.usage.duration_ms)}`;
  return [
    piece('The tool '),
    name,
    ...where,
    piece(row.event_type === 'tool.call.failed' ? ` failed${took}` : ` came back${took}`),
    ...ending(row),
  ];
}

const verbs = {
  effect: 'changed',
  process: 'started',
  message: 'sent',
  revert: 'took back',
  confirmation: 'reports',
  read: 'read',
} as const;

function effectSentence(row: RunRow, who: Piece, kind: keyof typeof verbs): Sentence {
  const [object] = row.object_refs ?? [];
  const what =
    object?.id === undefined
      ? code(row.details?.['process_id'] ?? row.message?.channel ?? row.effect?.kind ?? 'something')
      : code(
          [object.type, object.id].filter((one) => one !== undefined).join(' '),
          timelinePath('object', { system: object.system ?? '', type: object.type ?? '', id: object.id }),
        );
  const where = row.effect?.target_system ?? object?.system;
  const amount =
    row.effect?.amount === undefined
      ? ''
      : ` over ${amountText(row.effect.amount)} ${row.effect.currency ?? ''}`.trimEnd();
  const document = row.effect?.document_no === undefined ? [] : [piece(', document '), code(row.effect.document_no)];
  const as = row.effect?.executed_as === undefined ? [] : [piece(', as '), code(row.effect.executed_as)];
  const subject = kind === 'confirmation' ? code(row.source?.system ?? 'the system') : who;
  return [
    subject,
    piece(` ${verbs[kind]} `),
    what,
    ...(where === undefined ? [] : [piece(' in '), code(where)]),
    piece(amount),
    ...document,
    ...as,
    ...ending(row),
  ];
}

function runSentence(row: RunRow, who: Piece): Sentence {
  const agent = row.agent?.name ?? row.agent?.id;
  const name = agent === undefined ? who : code(agent);
  const end = row.run?.error_type ?? row.run?.end_reason;
  if (row.event_type === 'run.started')
    return [
      name,
      piece(' started'),
      ...(row.on_behalf_of?.[0] === undefined ? [] : [piece(' on behalf of somebody')]),
      piece('.'),
    ];
  const how =
    row.event_type === 'run.failed' ? ' failed' : row.event_type === 'run.stopped' ? ' was stopped' : ' finished';
  return [name, piece(how), ...(end === undefined ? [] : [piece(' ('), code(end), piece(')')]), piece('.')];
}
