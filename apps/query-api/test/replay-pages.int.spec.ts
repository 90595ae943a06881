import { type ApiHarness, openApi } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const EVENTS = 4_000;

describe('a long replay on the page', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  /** Rows that the engine gave. */
  let read = 0;

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    const run: typeof events.run = async (...query) => {
      const rows = await events.run(...query);
      read += rows.length;
      return rows as never;
    };
    api = await openApi({
      run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await events.insert(
      Array.from({ length: EVENTS }, (_, n) => ({
        event: {
          event_id: `e-${n}`,
          event_type: 'tool.call.completed',
          run_id: 'long',
          call_id: `c${n}`,
          tool: { name: `look_${n}`, tier: 'read' },
          seq: n + 1,
          occurred_at: new Date(Date.UTC(2026, 10, 22, 7) + n * 100).toISOString().replace('Z', '000Z'),
        },
        place: { offset: n },
      })),
    );
    await events.projected({ 'audit.activity.v1': [EVENTS] });
  }, 240_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  const linkOf = (html: unknown, rel: string): string =>
    new RegExp(`rel="${rel}" href="([^"]*)"`).exec(String(html))?.[1]?.replaceAll('&amp;', '&') ?? '';
  const numberOf = (html: unknown): string =>
    /Frame <strong>([\d,]+)<\/strong> of ([\d,]+)/.exec(String(html))?.slice(1).join(' of ') ?? '';
  /** What a page says, how many rows were read for it, and how many looks were recorded. */
  const look = async (
    path: string,
    role: 'investigator' | 'reviewer' | 'connector' = 'investigator',
  ): Promise<{ body: unknown; rows: number; looks: number; status: number }> => {
    const [before, recorded] = [read, api.recorded.length];
    const { body, status } = await api.get(path, role);
    return { body, status, rows: read - before, looks: api.recorded.length - recorded };
  };

  test('the run is read once, and not again for each frame', async () => {
    const first = await look('/runs/-/replay?id=long');
    expect([numberOf(first.body), first.looks]).toEqual(['1 of 4,000', 1]);
    expect(first.rows).toBeGreaterThanOrEqual(EVENTS);
    expect(api.recorded.at(-1)).toMatchObject({ query: { kind: 'replay', rows: EVENTS } });
    let at = first;
    for (const [rel, number] of [
      ['next', '2'],
      ['next', '3'],
      ['last', '4,000'],
      ['prev', '3,999'],
      ['first', '1'],
    ] as const) {
      at = await look(linkOf(at.body, rel));
      expect([rel, numberOf(at.body), at.rows, at.looks]).toEqual([rel, `${number} of 4,000`, 0, 0]);
    }
  });
  test('another credential reads it itself, and is on record; without the right nothing is shown', async () => {
    const second = linkOf((await look('/runs/-/replay?id=long')).body, 'next');
    const other = await look(second, 'reviewer');
    expect([numberOf(other.body), other.looks]).toEqual(['2 of 4,000', 1]);
    expect(other.rows).toBeGreaterThanOrEqual(EVENTS);
    expect((await look(second, 'reviewer')).rows).toBe(0);
    expect(await look(second, 'connector')).toMatchObject({ status: 403, rows: 0, looks: 1 });
  });
  test('what came since is in no further frame, and in a look anew', async () => {
    const { body } = await look('/runs/-/replay?id=long');
    await events.insert([
      {
        event: {
          event_id: 'since',
          run_id: 'long',
          event_type: 'review.completed',
          seq: EVENTS + 1,
          occurred_at: '2026-11-23T06:00:00.000000Z',
        },
        place: { offset: EVENTS },
      },
    ]);
    await events.projected({ 'audit.activity.v1': [EVENTS + 1] });
    expect(numberOf((await look(linkOf(body, 'next'))).body)).toBe('2 of 4,000');
    expect(numberOf((await look('/runs/-/replay?id=long')).body)).toBe('1 of 4,001');
  });
  test('of a long run the frames around are drawn, the one that is shown among them', async () => {
    const { body } = await look('/runs/-/replay?id=long&frame=3000');
    expect(String(body)).toContain('Frames 2,880 to 3,119 are drawn.');
    expect(String(body)).toContain('class="now-ring"');
    expect((await look('/runs/-/replay?id=long&frame=5000')).status).toBe(404);
  });
});
