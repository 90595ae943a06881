import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { type CountedReads, countedReads } from './support/counted-reads.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const EVENTS = 200_000;
const RUN = 10;

/**
 * Less than one look at every event; some thirty look-ups read granules of a thousand rows each, whatever the table's
 * size.
 */
const MOST_ROWS = EVENTS;
const MOST_QUERIES = 40;

describe('what one run of 20,000, a step and an effect of it read of 200,000 events', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  let counted: CountedReads;

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    counted = countedReads(events.client);
    api = await openApi({
      run: counted.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    // Calls are counted from one in each run, and each session has a first turn: ids that tell nothing alone. Every
    // tenth event confirms an effect.
    await events.client.command({
      query: `INSERT INTO ${events.generation}.events (kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, schema_id,
        record_hash, event_id, event_type, tenant_id, occurred_at, observed_at, time_basis, time_precision_us,
          evidence_grade, stream_id, seq, seq_origin, run_id, session_id, turn_id, call_id, effect_id, decision_id,
          causation_id, trace_id, phase, \`source.system\`, \`actor.type\`, \`actor.id\`, \`effect.target_system\`, object_refs,
          fact_hash,
          \`tool.name\`, \`tool.tier\`, \`policy.decision\`)
        WITH intDiv(number, ${RUN}) AS run, number % ${RUN} AS place
        SELECT 'audit.activity.v1', 0, number, toDateTime64('2026-11-22 06:00:00.000', 3, 'UTC'), 1,
        toFixedString(leftPad(toString(number), 32, '0'), 32), concat('e', toString(number)),
          ['run.started', 'interaction.prompt.submitted', 'tool.call.requested', 'policy.evaluated', 'tool.call.completed',
          'object.changed', 'tool.call.requested', 'tool.call.completed', 'object.read', 'run.completed'][place + 1], 'default',
          toDateTime64('2026-11-22 06:00:00', 6, 'UTC') + toIntervalMillisecond(number * 10),
          toDateTime64('2026-11-22 07:00:00', 6, 'UTC'), 'source', 1, 'self_reported', 's', number + 1, 'collector',
          if(place IN (1, 5), '', concat('run ', toString(run))), concat('session ', toString(run)), '1', ['', '', '1', '1',
          '1', '1', '2', '2', '', ''][place + 1],
          if(place IN (4, 5), concat('eff ', toString(run)), ''), if(place IN (2, 3), concat('dec ', toString(run)), ''),
          if(place = 2, concat('e', toString(number - 2)), ''), concat('trace ', toString(run)), 'effect', 'agent-runtime',
          'agent', 'bot',
          if(place = 5, 'erp', ''), if(place = 5, [('erp', '', 'order', toString(run), 'updated', '', '')], []),
          toFixedString(leftPad(toString(number), 32, '0'), 32), if(place IN (2, 4, 6, 7), 'act', ''), if(place IN (2, 4),
          'write', ''), if(place = 3, 'allow', '')
        FROM numbers(${EVENTS})`,
    });
    // And each run has a link to a trace, each effect one to a confirmation that does not exist.
    await events.client.command({
      query: `INSERT INTO ${events.generation}.events (kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, event_id,
        event_type, tenant_id, occurred_at, observed_at, stream_id, seq, \`link.link_id\`, \`link.kind\`, \`link.from_kind\`,
        \`link.from_id\`, \`link.to_kind\`, \`link.to_id\`)
        WITH intDiv(number, 2) AS run, number % 2 = 0 AS of_run
        SELECT 'audit.control.v1', 0, number, toDateTime64('2026-11-22 06:00:00.000', 3, 'UTC'), concat('l', toString(number)),
        'link.asserted', 'default', toDateTime64('2026-11-22 06:00:00', 6, 'UTC'), toDateTime64('2026-11-22 06:00:00', 6,
        'UTC'), 'links', number + 1,
          concat('link ', toString(number)), if(of_run, 'trace_run', 'effect_confirmation'), if(of_run, 'trace', 'event'),
          if(of_run, concat('trace ', toString(run)), concat(':e', toString(run * ${RUN} + 5))), if(of_run, 'run', 'event'),
          if(of_run, concat('run ', toString(run)), concat(':c', toString(run)))
        FROM numbers(${(2 * EVENTS) / RUN})`,
    });
    await events.projected({ 'audit.activity.v1': [EVENTS], 'audit.control.v1': [(2 * EVENTS) / RUN] });
  }, 240_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  const reading = async (url: string): Promise<Json> => {
    counted.reads.length = 0;
    const { status, body } = await api.get(url);
    expect([url, status, body.detail]).toEqual([url, 200, undefined]);
    const total = counted.reads.reduce((sum, { rows }) => sum + rows, 0);
    if (process.env['SHOW_READS'] !== undefined)
      console.log(
        url,
        total,
        counted.reads.length,
        counted.reads.map(({ query, rows }) => `${rows} ${query.replace(/\s+/g, ' ').slice(0, 260)}`).join('\n'),
      );
    // The queries that read most, where there is too much.
    const most = total < MOST_ROWS ? [] : [...counted.reads].sort((one, other) => other.rows - one.rows).slice(0, 3);
    expect([url, total < MOST_ROWS, counted.reads.length <= MOST_QUERIES, most]).toEqual([url, true, true, []]);
    return body;
  };

  test('a run', async () => {
    const body = await reading('/v1/runs/run%2010000');
    expect([body.run.counts.events, body.actions[0].effects, body.links.map(({ link_id }: Json) => link_id)]).toEqual([
      RUN,
      ['e100005'],
      [],
    ]);
  });
  test.each(['/v1/steps/1?run_id=run%2010000', '/v1/steps/eff%2010000', '/v1/steps/e100004', '/v1/steps/e100005'])(
    'a step, %s',
    async (url) => {
      const body = await reading(url);
      expect(body.did.events.map(({ event_id }: Json) => event_id)).toEqual(['e100004', 'e100005']);
    },
  );
  test('an effect of a system that never confirms', async () => {
    const body = await reading('/v1/effects/eff%2010000');
    expect([body.effect.status, body.agreement, body.chain.confirmation.status]).toEqual([
      'executed',
      'matched',
      'unknown',
    ]);
  });
});
