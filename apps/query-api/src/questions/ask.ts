import { AffidavitError } from '@affidavit/audit-model';
import { type Credential, type Log } from '@affidavit/service-kit';
import { type Outcome, type Question, queryEvent } from '../recording/query-event.ts';
import { type RecordEvent } from '../recording/query-recorder.ts';
import { requireRight, type Right } from './access.ts';

/** An answer, and what the record keeps of it. */
export interface Answered<Body> {
  readonly body: Body;
  /** What the person saw; its hash is recorded. */
  readonly data: unknown;
  readonly rows: number;
  readonly as_of: string;
  /** There are further pages, which are not recorded. */
  readonly more?: boolean;
}

export interface AskOptions {
  readonly asker: Credential;
  readonly question: Question;
  readonly needs: readonly Right[];
  /** A further page of an answer whose first page was recorded. */
  readonly continuation: boolean;
}

/** Checks rights, finds the answer, has it recorded; only then does it leave. */
export type Ask = <Body>(options: AskOptions, answer: () => Promise<Answered<Body>>) => Promise<Body>;

/** Errors that tell something about the record all the same, and so are answers. */
const answersToo: Readonly<Record<string, number>> = { ambiguous: 409, not_found: 404 };

export function createAsk(record: RecordEvent, log: Log, now: () => number): Ask {
  return async ({ asker, question, needs, continuation }, answer) => {
    const recorded = (outcome: Outcome): Promise<void> => record(queryEvent(question, asker, outcome, now()));
    try {
      for (const right of needs) requireRight(asker.role, right);
    } catch (error) {
      // Best effort: a refusal gives nothing away, so it need not wait for Kafka to come back.
      await recorded({ status: 403, as_of: '', rows: 0, data: null }).catch((cause: unknown) =>
        log.warn('a refusal was not recorded', { credential_id: asker.id, role: asker.role }, cause),
      );
      throw error;
    }
    try {
      const { body, data, rows, as_of, more } = await answer();
      if (!continuation) await recorded({ status: 200, as_of, rows, data, ...(more !== undefined && { more }) });
      return body;
    } catch (error) {
      const status = error instanceof AffidavitError ? answersToo[error.code] : undefined;
      if (status !== undefined && !continuation) await recorded({ status, as_of: '', rows: 0, data: null });
      throw error;
    }
  };
}
