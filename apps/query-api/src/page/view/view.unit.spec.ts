import fc from 'fast-check';
import { eventTypes } from '@affidavit/contracts';
import { csvCell, csvOf } from './csv.ts';
import { describeRow, titleOf } from './describe-row.ts';
import { facetsView } from './facets-view.ts';
import { personText, pseudonymsIn, shortPseudonym } from './people.ts';
import { rowViews } from './row-view.ts';
import { elapsedText, timeText } from './time-text.ts';
import { withParameters } from './timeline-view.ts';
import { exact, render, shown } from '../renderer.ts';
import { safeNext } from '../page-headers.ts';
import { inUtc, searchBodyOf, searchPath } from '../search-form.ts';

const pseudonym = `p_${'a'.repeat(51)}b`;
const reader = { name: 'Ada <b>', role: 'investigator', tenant_id: 'default' } as const;

describe('CSV', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\u00a0=1', '\r=1', '\uff1d1', "=cmd|' /C calc'!A0"])(
    '%j cannot become a formula',
    (text) => {
      expect(csvCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );
  test('quotes as RFC 4180 says', () => {
    expect(['plain', 'a,b', 'say "x"', 'two\nlines', 7, true, null, undefined].map(csvCell)).toEqual([
      'plain',
      '"a,b"',
      '"say ""x"""',
      '"two\nlines"',
      '7',
      'true',
      '',
      '',
    ]);
  });
  test('any text is one cell, and none starts like a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = csvCell(text);
        const inner = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(cell.startsWith('"') || !/[",\r\n]/.test(cell)).toBe(true);
        expect(/^\s*[=+\-@]/.test(inner)).toBe(false);
        expect(inner === text || inner === `'${text}`).toBe(true);
      }),
    );
  });
  test('has a header, a row per event, and notes under them', () => {
    const lines = csvOf(
      [
        {
          event_type: 'run.failed',
          on_behalf_of: [{ id: pseudonym }],
          kafka: { topic: 't', partition: 1, offset: 2 },
          late: false,
        },
      ],
      ['cut at 10 rows'],
    )
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(3);
    const [header, row] = lines.map((line) => line.replace('\ufeff', '').split(',')) as [string[], string[]];
    expect(header).toHaveLength(row.length);
    expect(Object.fromEntries(header.map((name, index) => [name, row[index]]))).toMatchObject({
      event_type: 'run.failed',
      on_behalf_of: pseudonym,
      kafka_offset: '2',
      late: 'false',
    });
  });
});

describe('text', () => {
  test.each([
    [0, 'same time'],
    [12, '+12 µs'],
    [1_500, '+1.5 ms'],
    [655_000, '+655 ms'],
    [1_345_500, '+1.3 s'],
    [121_000_000, '+2 min 1 s'],
    [3_600_000_000, '+1 h'],
    [3_605_000_000, '+1 h'],
    [86_580_000_000, '+1 d'],
    [-2_000_000, '−2 s'],
  ])('%d µs is %s', (micros, text) => expect(elapsedText(micros)).toBe(text));
  test.each([
    ['2026-11-22T09:00:00.000000Z', '09:00:00'],
    ['2026-11-22T09:00:00.120000Z', '09:00:00.12'],
    ['2026-11-22T09:00:10.000123Z', '09:00:10.000123'],
  ])('%s', (iso, clock) => expect(timeText(iso)).toEqual({ iso, day: '2026-11-22', clock }));
  test('every type of the catalogue has a title and a colour', () => {
    for (const type of Object.keys(eventTypes)) {
      const { title, group } = describeRow({ event_type: type });
      expect(title).toMatch(/^[A-Z][a-z ]+$/);
      expect(['people', 'model', 'tool', 'effect', 'control', 'run', 'other']).toContain(group);
    }
    expect(
      ['tool.call.completed', 'interaction.prompt.submitted', 'artifact.produced', 'audit.query.executed'].map(titleOf),
    ).toEqual(['Tool call completed', 'Prompt submitted', 'Artifact produced', 'Audit query executed']);
  });
  test('people are named for who may see them, and short pseudonyms for the others', () => {
    const people = new Map([
      [pseudonym, { pseudonym, issuer: 'shop', raw_id: 'ada@example.org', display_name: 'Ada' }],
    ]);
    expect(personText(pseudonym, people)).toEqual({ label: 'Ada', detail: 'ada@example.org', pseudonym });
    expect(personText(pseudonym, new Map())).toEqual({ label: shortPseudonym(pseudonym), detail: '', pseudonym });
    expect(personText('bot', people)).toEqual({ label: 'bot', detail: '', pseudonym: '' });
    expect([...pseudonymsIn({ a: [{ b: pseudonym }], c: 'p_short' })]).toEqual([pseudonym]);
  });
});

describe('pages', () => {
  const hostile = '"><script>alert(1)</script>\u202e';
  const row = {
    event_id: hostile,
    event_type: 'tool.call.failed',
    occurred_at: '2026-11-22T09:00:00.000000Z',
    actor: { type: 'agent', id: hostile },
    tool: { name: hostile },
    outcome: { status: 'failure', code: hostile },
    object_refs: [{ system: hostile, type: hostile, id: hostile, role: hostile }],
    roles: ['subject'],
    duplicates: 2,
    conflict: true,
    late: true,
    order_uncertain: true,
  };
  const list = {
    rows: rowViews([row, { ...row, occurred_at: '2026-11-23T09:05:00.000000Z' }], new Map()),
    completeness: { total: hostile, range: '', projected: '', complete: false, verdict: '', problems: [hostile] },
    withRoles: true,
    lanes: [{ id: hostile, label: hostile, kind: hostile, look: 'lane-people' }],
    strip: null,
    runs: [{ text: hostile, detail: '', href: '/runs/x' }],
    moreRuns: 1,
    filters: { id: hostile, event_type: hostile, q: hostile },
    next: '/x?cursor=1',
    first: null,
    csv: '/x',
    path: '/x',
    maySearchWords: true,
  };
  const pages: readonly (readonly [string, object])[] = [
    ['timeline', { ...list, heading: { kind: hostile, name: hostile, detail: hostile, found: true } }],
    ['timeline', { ...list, rows: [], heading: { kind: 'Case', name: hostile, detail: '', found: false } }],
    [
      'search',
      {
        ...list,
        facets: facetsView(
          {
            'tool.name': {
              values: [
                { value: hostile, count: 1 },
                { value: 'b', count: 1 },
              ],
              distinct: 2,
              missing: 0,
            },
          },
          { 'tool.name': hostile, q: hostile },
          false,
        ),
      },
    ],
    [
      'search',
      {
        ...list,
        facets: facetsView(
          {
            'tool.name': {
              values: [
                { value: hostile, count: 1 },
                { value: 'b', count: 1 },
              ],
              distinct: 2,
              missing: 0,
            },
          },
          { 'tool.name': hostile, use_case: hostile },
          true,
        ),
      },
    ],
    [
      'meanings',
      {
        q: hostile,
        capped: true,
        meanings: [
          {
            kind: 'user',
            href: '/users/x',
            count: 2,
            person: { label: hostile, detail: hostile, pseudonym },
            where: hostile,
          },
        ],
      },
    ],
    [
      'problem',
      {
        problem: { status: 409, code: 'ambiguous', title: 'x', detail: hostile },
        candidates: [{ kind: 'case', id: hostile, system: hostile, records: 1, link: { path: '/v1/cases' } }],
      },
    ],
    ['home', { maySearchWords: true, mayRead: true, latest: null }],
    [
      'home',
      {
        maySearchWords: true,
        mayRead: true,
        latest: {
          runs: [
            {
              href: '/runs/x',
              name: hostile,
              detail: hostile,
              stamp: hostile,
              status: { text: hostile, tone: 'good' },
            },
          ],
          cases: [],
          sessions: [],
        },
      },
    ],
    ['sign-in', { next: hostile, problem: hostile }],
  ];
  test.each(pages)('%s escapes everything', (template, data) => {
    const html = render(template, { title: hostile, reader }, data);
    // One script of ours as a file, and none inside the page.
    expect(html.match(/<script[^>]*>[^<]*/g) ?? []).toEqual([
      expect.stringMatching(/^<script type="module" src="\/assets\/keys\.[0-9a-f]{12}\.js">$/),
    ]);
    expect(html).not.toContain('Ada <b>');
    expect(html).not.toContain('undefined');
    expect(html).toMatch(/^<!doctype html>/);
    // No style and no handler inside the page: the policy forbids them.
    expect(html).not.toMatch(/<[^>]*\s(?:on\w+|style)=/);
  });
  test('a row shows its badges, the day when it changes, and the pause', () => {
    const html = render('timeline', { title: 'x', reader }, pages[0]?.[1] ?? {});
    for (const text of [
      'late',
      'order uncertain',
      '2 duplicates',
      'conflict',
      'failure',
      '2026-11-22',
      '2026-11-23',
      '>+1 d<',
    ])
      expect(html).toContain(text);
    expect(html.match(/class="day"/g)).toHaveLength(2);
  });
  test('characters that turn the direction are written out, but given back by forms as they were', () => {
    expect(shown('a\u202eb\u200bc')).toBe('a⟨U+202E⟩b⟨U+200B⟩c');
    expect(shown('שלום, Ünïcode, 日本, \u{1f600}\n\t')).toBe('שלום, Ünïcode, 日本, \u{1f600}\n\t');
    expect(exact('a\u202eb"')).toBe('a\u202eb&quot;');
  });
});

describe('a search is narrowed', () => {
  const facets = {
    'tool.name': {
      values: [
        { value: 'pay', count: 3 },
        { value: 'look', count: 1 },
      ],
      distinct: 9,
      missing: 2,
    },
    event_type: { values: [{ value: 'tool.call.failed', count: 4 }], distinct: 1, missing: 0 },
  };
  test('by links, where it stands in the address: without what does not narrow, and without the page it was on', () => {
    const { groups, narrowed } = facetsView(
      facets,
      { event_type: 'tool.*', 'tool.name': 'x y', cursor: 'c', sort: 'desc' },
      true,
    );
    expect(groups).toMatchObject([
      {
        name: 'Tool',
        field: 'tool.name',
        more: 7,
        choices: [
          { text: 'pay', count: '3', href: '/search?event_type=tool.*&sort=desc&tool.name=pay' },
          { text: 'look' },
        ],
      },
    ]);
    expect(narrowed.map(({ name, text, href }) => [name, text, href])).toEqual([
      ['what happened', 'tool.*', '/search?tool.name=x%20y&sort=desc'],
      ['tool', 'x y', '/search?event_type=tool.*&sort=desc'],
    ]);
  });
  test('by buttons, where somebody typed it: nothing of it comes into an address', () => {
    const { groups, narrowed } = facetsView(facets, { q: 'secret', 'actor.id': 'ada@example.org' }, false);
    expect(groups[0]?.choices.map(({ href }) => href)).toEqual(['', '']);
    expect(groups[0]?.rest).toEqual([
      ['q', 'secret'],
      ['actor.id', 'ada@example.org'],
    ]);
    expect(narrowed.map(({ href, rest }) => [href, rest])).toEqual([
      ['', [['actor.id', 'ada@example.org']]],
      ['', [['q', 'secret']]],
    ]);
  });
});

describe('addresses', () => {
  test.each([
    '//evil.org',
    '/\\evil.org',
    'https://evil.org',
    'javascript:alert(1)',
    '/sign-in',
    '/sign-out',
    '',
    undefined,
    '/a b',
    '/\n/x',
  ])('%j is no place to go after signing in', (next) => expect(safeNext(next)).toBe('/'));
  test('a path of ours is', () => expect(safeNext('/cases/-/timeline?id=%2Fx')).toBe('/cases/-/timeline?id=%2Fx'));
  test('parameters are encoded, absent ones left out', () =>
    expect(withParameters('/x', { id: 'a/b&c', cursor: undefined, t: ['1', '2'] })).toBe('/x?id=a%2Fb%26c&t=1&t=2'));
  test('a search link of the API is the same search on the page', () => {
    for (const body of [{ run_id: 'r/1' }, { effect: { document_no: '#1' } }, { content: { content_id: 'c_x' } }]) {
      const query = Object.fromEntries(new URL(searchPath(body), 'http://x').searchParams);
      const asked = searchBodyOf(query);
      expect(JSON.parse(JSON.stringify(asked).replaceAll(/\["([^"]*)"\]/g, '"$1"'))).toEqual(body);
    }
  });
  test.each([
    ['2026-01-05', '2026-01-05T00:00:00Z'],
    ['2026-01-05 09:00', '2026-01-05T09:00:00Z'],
    ['2026-01-05T09:00:01.5', '2026-01-05T09:00:01.5Z'],
    ['2026-01-05T09:00:00+01:00', '2026-01-05T09:00:00+01:00'],
    ['nonsense', 'nonsense'],
  ])('%s means %s', (text, utc) => expect(inUtc(text)).toBe(utc));
});
