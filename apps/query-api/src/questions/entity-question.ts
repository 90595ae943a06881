import { type Credential } from '@affidavit/service-kit';
import { queryError } from '../query-error.ts';
import { encodeAsOf } from '../reading/as-of.ts';
import { type Completeness } from '../reading/completeness.ts';
import { takeStandpoint } from '../reading/list-question.ts';
import { completenessOfAll } from '../reading/read-all.ts';
import { type NestedRow } from '../reading/row-shape.ts';
import { type RunRow } from '../runs/row.ts';
import { type RunQuery } from '../store/engine.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { asRows, inOrder, RelatedRows } from '../store/related-reads.ts';
import { type Ask } from './ask.ts';

export interface EntitySources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly ask: Ask;
}

export interface EntityQuestion {
  readonly id: string;
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

export type EntityKind = 'session' | 'artifact' | 'effect' | 'approval' | 'comparison';

/** What was put together, and the rows that it rests on. */
export interface Assembled {
  readonly answer: object;
  readonly rows: readonly RunRow[];
}

/** Null: the tenant has nothing of the id. */
export type Assemble = (read: RelatedRows, id: string) => Promise<Assembled | null>;

export type EntityAnswer = Readonly<Record<string, unknown>> & {
  /** The rows that the answer rests on, in order, as a timeline shows them. */
  readonly events: readonly NestedRow[];
  readonly as_of: string;
  readonly completeness: Completeness;
};

/** One thing, put together from its events. Throws `not_found`, for another tenant's too. */
export async function askEntity(
  { run, generation, ask }: EntitySources,
  asker: Credential,
  kind: EntityKind,
  { id, asOf, reason, route }: EntityQuestion,
  assemble: Assemble,
): Promise<EntityAnswer> {
  return ask(
    {
      asker,
      question: { kind, route, filters: [], asked: { [`${kind}_id`]: id }, reason },
      needs: ['read_record'],
      continuation: false,
    },
    async () => {
      const parameters = { limit: 1, from: null, to: null, asOf, cursor: undefined };
      const standpoint = takeStandpoint(run, await readProjectionState(run, generation), asker.tenant_id, parameters, {
        route: kind,
      });
      const read = new RelatedRows(standpoint.context);
      const found = await assemble(read, id);
      if (found === null) throw queryError('not_found', `there is no such ${kind}`);
      const data = { ...found.answer, events: asRows(inOrder(found.rows)) };
      const as_of = encodeAsOf(standpoint.asOf);
      const streams = read.listOfStreams();
      const body = { ...data, as_of, completeness: await completenessOfAll(standpoint, streams, {}, read.caps) };
      return { body, data, rows: found.rows.length, as_of };
    },
  );
}
