import { createHash } from 'node:crypto';
import { canonicalJson } from '@affidavit/audit-model';
import { type AuditQueryExecutedInput, type AuditReportGeneratedInput } from '@affidavit/contracts';
import { filterNames } from './filter-names.ts';

/**
 * What was asked: `kind` and `filters` are names of ours, `asked` is what the person typed and travels as encrypted
 * content.
 */
export interface Question {
  readonly kind:
    | 'timeline'
    | 'search'
    | 'resolve'
    | 'event'
    | 'context'
    | 'session'
    | 'artifact'
    | 'effect'
    | 'approval'
    | 'comparison'
    | 'run'
    | 'replay'
    | 'diff'
    | 'step'
    | 'link'
    | 'completeness'
    | 'report';
  /** The route's pattern. */
  readonly route: string;
  readonly filters: readonly string[];
  readonly asked: unknown;
  /** A code that the reader gave, such as a ticket; empty without one. */
  readonly reason: string;
  /** A report that was asked for: making it is an event of a type of its own. */
  readonly report?: { readonly id: string; readonly version: number };
}

export interface Asker {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly tenant_id: string;
}

export interface Outcome {
  readonly status: number;
  readonly as_of: string;
  readonly rows: number;
  /** What was answered; null for a refusal. Only its hash is recorded. */
  readonly data: unknown;
  /** This was the first page of more. */
  readonly more?: boolean;
}

export const answerHash = (data: unknown): string => createHash('sha256').update(canonicalJson(data)).digest('hex');

/** What `query.as_of` takes; a token over very many partitions is recorded by its hash, and whole in the content. */
const MAX_AS_OF = 4_096;
const recordedAsOf = (token: string): string =>
  token.length <= MAX_AS_OF ? token : `sha256:${createHash('sha256').update(token).digest('hex')}`;

/**
 * `audit.query.executed` as the collector takes it; of a report that was made `audit.report.generated`. Ids that people
 * typed stand in the content only.
 */
export function queryEvent(
  question: Question,
  asker: Asker,
  outcome: Outcome,
  occurredAt: number,
): AuditQueryExecutedInput | AuditReportGeneratedInput {
  const report = outcome.status === 200 ? question.report : undefined;
  return {
    event_type: report === undefined ? 'audit.query.executed' : 'audit.report.generated',
    tenant_id: asker.tenant_id,
    occurred_at: occurredAt,
    source: { system: 'affidavit', origin_format: 'native' },
    actor: {
      type: 'human',
      id: asker.id,
      issuer: 'affidavit',
      assurance: 'verified',
      relation: 'workforce',
      display_name: asker.name,
    },
    outcome: { status: outcome.status === 403 ? 'denied' : 'success' },
    query: {
      kind: question.kind,
      rows: outcome.rows,
      ...(outcome.as_of !== '' && { as_of: recordedAsOf(outcome.as_of) }),
      ...(outcome.data !== null && { answer_hash: answerHash(outcome.data) }),
      ...(question.reason !== '' && { reason: question.reason }),
    },
    details: {
      ...(report === undefined
        ? { route: question.route, status: String(outcome.status) }
        : { report_id: report.id, definition_version: String(report.version) }),
      x_role: asker.role,
      ...(outcome.more === true && { x_more: 'true' }),
      ...(report === undefined && question.filters.length > 0 && { filters: filterNames(question.filters) }),
    },
    content: [
      {
        role: 'query',
        media_type: 'application/json',
        json: outcome.as_of.length > MAX_AS_OF ? { asked: question.asked, as_of: outcome.as_of } : question.asked,
      },
    ],
  };
}
