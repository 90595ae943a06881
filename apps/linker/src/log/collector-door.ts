import { AffidavitError } from '@affidavit/audit-model';
import { errorCodes } from '@affidavit/contracts';
import { type ToSay } from '../rules/reconcile.ts';

/**
 * When it returns, everything is durable, or refused for good (how many are). It MUST reject with a retryable error
 * otherwise.
 */
export type Say = (statements: readonly ToSay[]) => Promise<{ readonly refused: number }>;

const BATCH = 200;
const TIMEOUT_MS = 20_000;

interface IngestAnswer {
  readonly errors?: readonly { readonly code?: unknown; readonly retryable?: unknown }[];
}

export function collectorDoor(
  { url, token }: { readonly url: string; readonly token: string },
  now: () => number,
  fetcher: typeof fetch = fetch,
): Say {
  const post = async (events: readonly object[]): Promise<number> => {
    let response: Response;
    try {
      response = await fetcher(`${url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(events),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw away('the collector does not answer', cause);
    }
    if (response.status !== 200 && response.status !== 207 && response.status !== 422)
      throw away(`the collector answered ${response.status}`);
    const { errors = [] } = ((await response.json().catch(() => null)) as IngestAnswer | null) ?? {};
    if (errors.some(({ retryable }) => retryable === true)) throw away('the collector asks to send again');
    return errors.length;
  };
  return async (statements) => {
    let refused = 0;
    for (let at = 0; at < statements.length; at += BATCH)
      refused += await post(statements.slice(at, at + BATCH).map((statement) => linkEvent(statement, now())));
    return { refused };
  };
}

const away = (message: string, cause?: unknown): AffidavitError =>
  new AffidavitError('log_unavailable', `a link could not be recorded: ${message}`, {
    retryable: errorCodes.log_unavailable.retryable,
    cause,
  });

/** As the collector takes it. `occurred_at` is when the rule found it: what it says holds for events of before. */
export function linkEvent({ tenant_id, event_id, link_id, rule_id, what }: ToSay, occurredAt: number): object {
  const common = {
    event_id,
    tenant_id,
    occurred_at: occurredAt,
    source: { system: 'affidavit', origin_format: 'native' },
    actor: { type: 'service', id: 'linker', issuer: 'affidavit', assurance: 'verified' },
  };
  if (what.status === 'retract')
    return {
      ...common,
      event_type: 'link.retracted',
      link: { link_id, basis: 'rule', rule_id },
      details: { reason: 'no_longer_found' },
    };
  const { kind, from, to, confidence } = what.link;
  const issuers = {
    ...(from.issuer !== undefined && from.issuer !== '' && { from_issuer: from.issuer }),
    ...(to.issuer !== undefined && to.issuer !== '' && { to_issuer: to.issuer }),
  };
  return {
    ...common,
    event_type: 'link.asserted',
    link: {
      link_id,
      kind,
      from_kind: from.kind,
      from_id: from.id,
      to_kind: to.kind,
      to_id: to.id,
      ...issuers,
      basis: 'rule',
      rule_id,
      confidence,
    },
  };
}
