import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Api, type List } from './support/api.ts';
import { type Json, withStories } from './support/questions.ts';
import { eventually, readCredentials, readStack } from './support/stack.ts';

const stack = readStack();
const credentials = readCredentials();
const api = new Api(stack, credentials);
const unique = Date.now().toString(36);
const run_id = `data-teams-${unique}`;

const sql = async (
  query: string,
  format = 'JSONEachRow',
): Promise<{ status: number; text: string; code: string | null }> => {
  const basic = Buffer.from(`${credentials.clickhouse.user}:${credentials.clickhouse.password}`).toString('base64');
  const answer = await fetch(
    `${stack.clickhouse_url}/?default_format=${format}&output_format_json_quote_64bit_integers=0`,
    { method: 'POST', body: query, headers: { authorization: `Basic ${basic}` } },
  );
  return { status: answer.status, text: await answer.text(), code: answer.headers.get('x-clickhouse-exception-code') };
};

describe('a data team', () => {
  beforeAll(async () => {
    const common = {
      source: { system: 'data-teams' },
      actor: { type: 'agent', id: 'bot' },
      on_behalf_of: [{ type: 'human', id: 'dana@example.org' }],
      run_id,
      workspace_id: unique,
    };
    const call = { ...common, call_id: `${run_id}/1`, tool: { name: 'send', tier: 'write' } };
    const events = [
      { ...common, event_id: `${run_id}-s`, event_type: 'run.started', occurred_at: '2026-11-20T10:00:00Z' },
      {
        ...call,
        event_id: `${run_id}-t`,
        event_type: 'tool.call.completed',
        occurred_at: '2026-11-20T10:00:01Z',
        outcome: { status: 'success' },
      },
      {
        ...call,
        tool: undefined,
        event_id: `${run_id}-e`,
        event_type: 'object.changed',
        occurred_at: '2026-11-20T10:00:01Z',
        effect_id: `${run_id}/e`,
        effect: { kind: 'update' },
        object_refs: [{ system: 'shop', type: 'order', id: unique, role: 'updated' }],
      },
      { ...common, event_id: `${run_id}-c`, event_type: 'run.completed', occurred_at: '2026-11-20T10:00:03Z' },
    ];
    // Twice: what is in the log twice counts once.
    for (let time = 0; time < 2; time += 1) {
      const sent = await fetch(`${stack.collector_url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${credentials.connector}`, 'content-type': 'application/json' },
        body: JSON.stringify(events),
      });
      expect([sent.status, await sent.text()]).toEqual([200, expect.any(String)]);
    }
    await eventually(
      async () => (((await api.search({ run_id })).total as number) === 4 ? true : undefined),
      'the run is projected',
    );
  }, 300_000);

  test('finds the run and its undecided effect in SQL, once', async () => {
    const runs = await eventually(async () => {
      const { text } = await sql(
        `SELECT status, duration_ms, tool_calls, effects FROM audit.runs WHERE run_id = '${run_id}'`,
      );
      return text.includes('"completed"') ? text : undefined;
    }, 'the run is in audit.runs');
    expect(JSON.parse(runs)).toEqual({ status: 'completed', duration_ms: 3_000, tool_calls: 1, effects: 1 });
    expect(
      JSON.parse(
        (await sql(`SELECT agreement, effects, object_keys FROM audit.actions WHERE root_run_id = '${run_id}'`)).text,
      ),
    ).toEqual({ agreement: 'executed_without_decision', effects: 1, object_keys: [`shop:order:${unique}`] });
  }, 300_000);

  test('gets a report, the same bytes for the same as_of, and is on record for it', async () => {
    const path = '/v1/reports/effects_without_decision?from=2026-11-20&to=2026-11-21';
    const report = await api.get<{
      as_of: string;
      rows_sha256: string;
      data: { run_id: string; event_ids: string[] }[];
    }>(path, 'data_team');
    expect(report.data.filter((row) => row.run_id === run_id)).toMatchObject([
      { event_ids: [`${run_id}-e`, `${run_id}-t`] },
    ]);
    const bytes = async (format: string): Promise<string> => {
      const answer = await api.fetch(`${path}&format=${format}&as_of=${report.as_of}`, 'data_team');
      expect([format, answer.status, answer.headers.get('affidavit-rows-sha256')]).toEqual([
        format,
        200,
        report.rows_sha256,
      ]);
      return createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex');
    };
    for (const format of ['json', 'csv', 'parquet', 'html'])
      expect([format, await bytes(format)]).toEqual([format, await bytes(format)]);
    const made = await eventually(async () => {
      const { data } = await api.search({ event_type: 'audit.report.generated', sort: 'desc', limit: 5 });
      return data.length > 0 ? data : undefined;
    }, 'the report is in the record');
    expect(made[0]).toMatchObject({
      query: { kind: 'report', answer_hash: report.rows_sha256 },
      details: { report_id: 'effects_without_decision' },
    });
  }, 300_000);

  test('is on record for every direct query, which stands in no event as text', async () => {
    const query = `SELECT count() AS n FROM audit.runs WHERE run_id = '${run_id}' -- asked-${unique}`;
    const { text } = await sql(query);
    const answer_hash = createHash('sha256').update(text).digest('hex');
    const found = await eventually(async () => {
      const { data }: List = await api.search({ event_type: 'audit.query.executed', query: { answer_hash } });
      return data[0];
    }, 'the query is in the record');
    expect(found).toMatchObject({
      actor: { type: 'service', id: credentials.clickhouse.user },
      query: { kind: 'sql', rows: 1 },
      outcome: { status: 'success' },
    });
    expect(JSON.stringify(found)).not.toContain(unique);
    expect((await sql('SELECT * FROM audit_g1.events')).code).toBe('497');
    const readers = await eventually(async () => {
      const { text: rows } = await sql(
        "SELECT sum(times) AS times, sum(denied) AS denied FROM audit.report_readers WHERE kind = 'sql'",
      );
      const row = JSON.parse(rows) as { times: number; denied: number };
      return row.denied > 0 ? row : undefined;
    }, 'the refusal is in the report on readers');
    expect(readers.times).toBeGreaterThan(1);
  }, 300_000);

  test('finds every sample of its page answered at the SQL door', async () => {
    const page = readFileSync(new URL('../../schemas/clickhouse/README.md', import.meta.url), 'utf8');
    const samples = [...page.matchAll(/```sql\n-- (.+)\n([^`]+)```/g)].map(([, name = '', query = '']) => ({
      name,
      query,
    }));
    expect(samples.length).toBeGreaterThan(20);
    for (const { name, query } of samples) {
      const { status, text } = await sql(query);
      expect([name, status, status === 200 ? '' : text]).toEqual([name, 200, '']);
    }
  }, 300_000);

  test('reads in SQL the agreement that the API tells of each call of the example stories', async () => {
    const stories = await withStories();
    const { text } = await sql(
      `SELECT run_id, call_id, agreement FROM audit.actions WHERE call_id != '' AND startsWith(call_id, 'call-t0')
        ORDER BY call_id`,
    );
    const actions = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { run_id: string; call_id: string; agreement: string });
    expect(actions.length).toBeGreaterThan(20);
    const differences: unknown[] = [];
    for (const { run_id, call_id, agreement } of actions) {
      const step: Json = await stories.get(`/v1/steps/${call_id}${run_id === '' ? '' : `?run_id=${run_id}`}`);
      // What only looked is no action for the API.
      if (step.agreement !== null && step.agreement !== agreement)
        differences.push([call_id, agreement, step.agreement, step.reasons]);
    }
    expect(differences).toEqual([]);
  }, 300_000);
});
