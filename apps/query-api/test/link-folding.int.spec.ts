import fc from 'fast-check';
import { readActiveLinks, readLink } from '../src/store/link-reads.ts';
import { sql, text } from '../src/store/sql.ts';
import { openGeneration, type TestGeneration } from './support/generation.ts';

interface Stated {
  readonly link: number;
  readonly event: number;
  readonly asserted: boolean;
  readonly run: string;
  /** Who says so: a source, or a person or rule, who speak for all. */
  readonly voice: string;
  readonly partition: number;
  readonly skew: number;
}

interface Placed extends Stated {
  readonly offset: number;
  readonly timestamp_ms: number;
}

const START = Date.UTC(2026, 10, 22, 6);

/**
 * Random statements: resends of one event, changed ends, retractions before assertions, brokers whose clocks disagree.
 */
function randomLog(seed: number): readonly Placed[] {
  const drawn = fc.sample(
    fc.record({
      link: fc.integer({ min: 0, max: 11 }),
      event: fc.integer({ min: 0, max: 40 }),
      asserted: fc.boolean(),
      run: fc.constantFrom('r1', 'r2', 'r3'),
      voice: fc.constantFrom('iam', 'crm', 'iam', 'crm', 'person', 'rule'),
      partition: fc.integer({ min: 0, max: 2 }),
      skew: fc.integer({ min: -30, max: 30 }),
    }),
    { numRuns: 160, seed },
  );
  return drawn.map((one, index) => ({
    ...one,
    offset: drawn.slice(0, index).filter(({ partition }) => partition === one.partition).length,
    timestamp_ms: START + index * 10 + one.skew,
  }));
}

const inLogOrder = (a: Placed, b: Placed): number =>
  a.timestamp_ms - b.timestamp_ms || a.partition - b.partition || a.offset - b.offset;

const speaksForAll = ({ voice }: Placed): boolean => voice === 'person' || voice === 'rule';

/**
 * The rule in so many words: of each event its first copy; of each link and source what it said last, unless a person
 * or a rule took the link back after that; beside them what people and rules said last; ends are those of the last
 * assertion of whoever it is.
 */
function expected(log: readonly Placed[], vector: readonly number[]): string[] {
  const seen = log.filter(({ partition, offset }) => offset < (vector[partition] ?? 0)).sort(inLogOrder);
  const firsts = seen.filter(
    (one, index) => seen.findIndex(({ link, event }) => link === one.link && event === one.event) === index,
  );
  const holding = [...new Set(firsts.map(({ link }) => link))].flatMap((link) => {
    const said = firsts.filter((one) => one.link === link);
    const voices = [
      said.filter(speaksForAll),
      ...['iam', 'crm'].map((source) =>
        said
          .slice(said.findLastIndex((one) => speaksForAll(one) && !one.asserted) + 1)
          .filter(({ voice }) => voice === source),
      ),
    ];
    return voices.flatMap((voice) => (voice.at(-1)?.asserted === true ? [`link ${link} to ${voice.at(-1)?.run}`] : []));
  });
  return [...new Set(holding)].sort();
}

describe('folding of links', () => {
  let events: TestGeneration;
  beforeAll(async () => void (events = await openGeneration()), 60_000);
  afterAll(() => events?.close());

  const seed = Number(process.env['FOLDING_SEED'] ?? Date.now() % 1_000_000);
  test(`at every vector, links are what the rule says (FOLDING_SEED=${seed})`, async () => {
    const log = randomLog(seed);
    const tenantId = `t${seed}`;
    const rows = log.map(({ link, event, asserted, run, voice, partition, offset, timestamp_ms }) => ({
      event: {
        event_id: `e ${link} ${event}`,
        tenant_id: tenantId,
        event_type: asserted ? 'link.asserted' : 'link.retracted',
        actor: { type: 'agent', id: 'x' },
        ...(voice === 'person' || voice === 'rule'
          ? { source: { system: 'affidavit' } }
          : { source: { system: voice } }),
        link: {
          link_id: `link ${link}`,
          basis: voice === 'person' || voice === 'rule' ? voice : 'source',
          ...(asserted && { kind: 'case_run', from_kind: 'case', from_id: 'h:1', to_kind: 'run', to_id: run }),
        },
      },
      place: { topic: 'audit.control.v1', partition, offset, timestamp_ms },
    }));
    await events.insert(rows);
    // Re-inserted records of a batch that was tried twice are one.
    await events.insert(rows.slice(20, 60));
    const highest = [0, 1, 2].map((partition) => log.filter((one) => one.partition === partition).length);
    for (const share of [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1]) {
      const vector = highest.map((high, partition) => Math.floor(high * Math.min(1, share * (1 + partition / 10))));
      const context = {
        run: events.run,
        generation: events.generation,
        tenantId,
        vector: { 'audit.control.v1': vector },
      };
      const found = await readActiveLinks(context, sql`entry_kind = 'case' AND entry_key = ${text('h:1')}`);
      expect([vector, found.map(({ link_id, to_key }) => `${link_id} to ${to_key}`).sort()]).toEqual([
        vector,
        expected(log, vector),
      ]);
      const one = await readLink(context, 'link 3');
      expect(one?.active ?? false).toBe(expected(log, vector).some((link) => link.startsWith('link 3 ')));
    }
    expect(
      await readActiveLinks(
        { run: events.run, generation: events.generation, tenantId: 'other', vector: { 'audit.control.v1': highest } },
        sql`entry_kind = 'case'`,
      ),
    ).toEqual([]);
  }, 60_000);
});
