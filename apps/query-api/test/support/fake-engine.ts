import { type RunQuery } from '../../src/store/engine.ts';
import { render } from '../../src/store/sql.ts';

export interface FakeEngine {
  readonly run: RunQuery;
  readonly queries: { readonly query: string; readonly query_params: Readonly<Record<string, unknown>> }[];
}

/** An engine that has nothing, and remembers what it was asked. `answer` may say otherwise for some queries. */
export function fakeEngine(answer: (query: string) => readonly object[] | undefined = () => undefined): FakeEngine {
  const queries: FakeEngine['queries'] = [];
  return {
    queries,
    run: <Row>(query: Parameters<RunQuery>[0]) => {
      const rendered = render(query);
      queries.push(rendered);
      return Promise.resolve((answer(rendered.query) ?? []) as readonly Row[]);
    },
  };
}

/** One candidate for whatever is looked up by key, so that questions go on to their lists. */
export const oneOfEverything = (query: string): readonly object[] | undefined => {
  if (query.includes('projection_state'))
    return [{ topic: 'audit.activity.v1', partition: 0, next_offset: 10, last_timestamp: '2026-11-22T06:00:00.000Z' }];
  if (query.includes('key, uniqExact(kafka_topic, kafka_partition, kafka_offset) AS records'))
    return [{ key: 'shop:order:1', records: 1 }];
  return undefined;
};
