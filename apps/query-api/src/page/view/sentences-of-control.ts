import { type RunRow } from '../../runs/row.ts';
import { titleOf } from './describe-row.ts';
import { type People } from './people.ts';
import { code, ending, partyPiece, piece, type Piece, type Sentence } from './pieces.ts';
import { millisText } from './time-text.ts';
import { many, words } from './words.ts';

const decided: Readonly<Record<string, string>> = {
  allow: 'allowed it',
  deny: 'denied it',
  require_approval: 'asked for an approval',
  mask: 'asked for masking',
  escalate: 'asked for a human',
};
const enforced: Readonly<Record<string, string>> = {
  advisory: ', as advice only',
  failed_open: ', since the gate failed open',
  failed_closed: ', since the gate failed closed',
};

export function ruleSentence(row: RunRow, who: Piece): Sentence {
  const { policy } = row;
  if (row.event_type === 'content.blocked') return [who, piece(' blocked it'), ...ending(row)];
  if (policy === undefined) return [who, piece(`: ${titleOf(row.event_type).toLowerCase()}`), ...ending(row)];
  const name = [
    piece('Policy '),
    code([policy.policy_id ?? '?', policy.policy_version].filter((one) => one !== undefined).join(' ')),
  ];
  const rule = policy.rule_id === undefined ? [] : [piece(', rule '), code(policy.rule_id)];
  if (row.event_type !== 'policy.evaluated')
    return [...name, ...rule, piece(`: ${titleOf(row.event_type).toLowerCase()}.`)];
  return [
    ...name,
    ...rule,
    piece(
      `${rule.length > 0 ? ',' : ''} ` +
        `${decided[policy.decision ?? ''] ?? words(policy.decision ?? 'said something')}${enforced[policy.enforcement ?? ''] ?? ''}.`,
    ),
  ];
}

const number = (value: number | undefined, unit: string | undefined): string =>
  value === undefined ? '' : `${value.toLocaleString('en')}${unit === undefined ? '' : ` ${unit}`}`;

export function approvalSentence(row: RunRow, who: Piece, people: People): Sentence {
  const { approval } = row;
  const value = number(approval?.value, approval?.unit);
  const over =
    value === ''
      ? ''
      : ` for ${value}${approval?.threshold === undefined ? '' : `, over the threshold of ${number(approval.threshold, approval.unit)}`}`;
  const approver = approval?.approver === undefined ? who : partyPiece({ id: approval.approver }, people);
  if (row.event_type === 'approval.requested') return [who, piece(` asked for an approval${over}.`)];
  if (row.event_type === 'approval.expired') return [piece(`The request for approval${over} expired.`)];
  const said = approval?.decision === undefined ? 'decided' : words(approval.decision);
  return [
    approver,
    piece(` ${said} it${over}${approval?.wait_ms === undefined ? '' : `, after ${millisText(approval.wait_ms)}`}.`),
  ];
}

export function protectionSentence(row: RunRow, who: Piece): Sentence {
  const { inspection, transformation } = row;
  if (transformation !== undefined || row.event_type === 'content.transformed') {
    const spans = transformation?.spans ?? [];
    const fields = [...new Set(spans.map(({ path, category }) => path ?? category ?? '').filter((one) => one !== ''))];
    return [
      piece(
        `${fields.length === 0 ? 'Content was' : `${many(fields.length, 'field')} (${fields.slice(0, 4).join(', ')}${fields.length > 4 ? ', …' : ''}) ${fields.length === 1 ? 'was' : 'were'}`} masked`,
      ),
      ...(transformation?.method === undefined ? [] : [piece(' by '), code(transformation.method)]),
      piece('.'),
    ];
  }
  const found = (inspection?.findings ?? []).map(
    ({ category, count }) => `${category ?? '?'}${count === undefined ? '' : ` (${count})`}`,
  );
  return [
    inspection?.detector_id === undefined ? who : code(inspection.detector_id),
    piece(found.length === 0 ? ' looked and found nothing.' : ` found ${found.join(', ')}.`),
  ];
}
