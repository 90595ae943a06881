import { unreachable } from '@affidavit/audit-model';
import { type CollectorAccess } from './collector-access.ts';
import { type Fetch, type ItemError, postEvents } from './post-events.ts';
import { UserError } from './user-error.ts';

export interface Delivery {
  readonly access: CollectorAccess;
  readonly fetch: Fetch;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
  /** How long the collector may take nothing at all before the import gives up. */
  readonly patienceMs: number;
  /** Told when the collector makes us wait. */
  readonly onWait: (why: string, waitMs: number) => void;
}

export interface Delivered {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: readonly ItemError[];
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Sends a batch until every event of it is acknowledged or refused for good. Events have deterministic ids, so sending
 * one again is safe. Throws UserError when the collector takes nothing for `patienceMs`, or refuses the sender.
 */
export async function deliver(delivery: Delivery, lines: readonly string[]): Promise<Delivered> {
  let open = lines.map((line, index) => ({ line, index }));
  let accepted = 0;
  let duplicates = 0;
  const refused: ItemError[] = [];
  let waitMs = FIRST_WAIT_MS;
  let lastProgress = delivery.now();
  while (open.length > 0) {
    const outcome = await postEvents(
      delivery.access,
      open.map(({ line }) => line),
      delivery.fetch,
    );
    switch (outcome.kind) {
      case 'answered': {
        accepted += outcome.accepted;
        duplicates += outcome.duplicates;
        const failed = new Map(outcome.errors.map((error) => [error.index, error]));
        refused.push(
          ...outcome.errors
            .filter((error) => !error.retryable)
            .map((error) => ({ ...error, index: open[error.index]?.index ?? error.index })),
        );
        const again = open.filter((_, index) => failed.get(index)?.retryable === true);
        if (again.length < open.length) {
          lastProgress = delivery.now();
          waitMs = FIRST_WAIT_MS;
        }
        open = again;
        if (open.length > 0)
          waitMs = await pause(
            delivery,
            outcome.errors.find((error) => error.retryable)?.code ?? 'not yet',
            undefined,
            waitMs,
            lastProgress,
          );
        break;
      }
      case 'later':
        waitMs = await pause(delivery, outcome.why, outcome.waitMs, waitMs, lastProgress);
        break;
      case 'too_large': {
        const halves = await deliverHalves(delivery, open);
        return {
          accepted: accepted + halves.accepted,
          duplicates: duplicates + halves.duplicates,
          refused: [...refused, ...halves.refused],
        };
      }
      case 'refused':
        throw new UserError(refusalSentence(delivery.access.url, outcome.status, outcome.why), 1);
      default:
        unreachable(outcome);
    }
  }
  return { accepted, duplicates, refused };
}

async function deliverHalves(
  delivery: Delivery,
  open: readonly { readonly line: string; readonly index: number }[],
): Promise<Delivered> {
  const only = open[0];
  if (open.length === 1 && only !== undefined) {
    return {
      accepted: 0,
      duplicates: 0,
      refused: [
        {
          index: only.index,
          code: 'body_too_large',
          message: 'the event alone is over the limit of a request',
          retryable: false,
        },
      ],
    };
  }
  const middle = Math.ceil(open.length / 2);
  const parts = [open.slice(0, middle), open.slice(middle)];
  let sum: Delivered = { accepted: 0, duplicates: 0, refused: [] };
  for (const part of parts) {
    const sent = await deliver(
      delivery,
      part.map(({ line }) => line),
    );
    sum = {
      accepted: sum.accepted + sent.accepted,
      duplicates: sum.duplicates + sent.duplicates,
      refused: [
        ...sum.refused,
        ...sent.refused.map((error) => ({ ...error, index: part[error.index]?.index ?? error.index })),
      ],
    };
  }
  return sum;
}

/** Waits as long as the collector asks, else twice as long each time; answers the next wait. */
async function pause(
  delivery: Delivery,
  why: string,
  askedMs: number | undefined,
  waitMs: number,
  lastProgress: number,
): Promise<number> {
  const wait = Math.min(askedMs ?? waitMs, LONGEST_WAIT_MS);
  if (delivery.now() + wait - lastProgress > delivery.patienceMs) {
    throw new UserError(
      `The collector at ${delivery.access.url} has taken nothing for ${String(Math.round(delivery.patienceMs / 1_000))} s: ` +
        `${why}. What it acknowledged is kept. See what npm start says, then run the same command again: it goes on where it stopped.`,
      1,
    );
  }
  delivery.onWait(why, wait);
  await delivery.sleep(wait);
  return Math.min(waitMs * 2, LONGEST_WAIT_MS);
}

function refusalSentence(url: string, status: number, why: string): string {
  if (status === 401)
    return (
      `The collector at ${url} does not know the token. Give the credentials.json of that stack with --token-file, or make ` +
      `one with: affidavit credentials add`
    );
  if (status === 403)
    return `The collector at ${url} does not let this credential send events (403). Use one of role connector.`;
  if (status === 404 || status === 405)
    return `${url} is no collector: it answers ${String(status)}. Check --collector; npm start prints the address.`;
  return `The collector at ${url} cannot take the events: ${why}. Nothing more was sent; what was acknowledged is kept.`;
}
