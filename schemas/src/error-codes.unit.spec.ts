import { readdirSync, readFileSync } from 'node:fs';
import { loadModel } from './model.ts';

const root = new URL('../../', import.meta.url);
const listed = new Map(loadModel(new URL('schemas/', root)).errorCodes.map((entry) => [entry.code, entry]));

/** What runs: neither tests nor what helps them, nor what is generated from the list itself. */
const isSource = (file: string): boolean =>
  /^[^/]+\/src\/.*\.ts$/.test(file) && !/\.spec\.ts$|\.gen\.ts$|\/(?:testing|testdata)\//.test(file);
const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, root), { withFileTypes: true })
    .filter((room) => room.isDirectory())
    .flatMap((room) => {
      const under = new URL(`${folder}/${room.name}/src/`, root);
      const files = readdirSync(under, { recursive: true, encoding: 'utf8' }).map((file) => `${room.name}/src/${file}`);
      return files
        .filter(isSource)
        .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(new URL(`${folder}/${file}`, root), 'utf8') }));
    }),
);

interface Named {
  readonly file: string;
  readonly code: string;
  /** What stands behind the code up to the end of the statement. */
  readonly rest: string;
}

const classes = [
  'AffidavitError',
  ...sources.flatMap(({ text }) =>
    [...text.matchAll(/class (\w+) extends AffidavitError/g)].map(([, name = '']) => name),
  ),
];
const thrown: Named[] = sources.flatMap(({ file, text }) =>
  [...text.matchAll(new RegExp(`new (?:${classes.join('|')})\\(\\s*'([a-z_]+)'([^;]*)`, 'g'))].map(
    ([, code = '', rest = '']) => ({ file, code, rest }),
  ),
);
/**
 * Rooms with several errors name them in a union, `type SomethingErrorCode = 'a' | 'b'`, and throw through one
 * function.
 */
const unions: Named[] = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/type \w*ErrorCode =((?:\s*\|?\s*'[a-z_]+')+)/g)].flatMap(([, symbols = '']) =>
    [...symbols.matchAll(/'([a-z_]+)'/g)].map(([, code = '']) => ({ file, code, rest: '' })),
  ),
);
const named = [...thrown, ...unions];

test('the look at the sources finds what is thrown', () => {
  expect(classes.length).toBeGreaterThan(2);
  expect(new Set(named.map(({ code }) => code)).size).toBeGreaterThan(60);
});

test('every code that is thrown is on the list', () => {
  expect(named.filter(({ code }) => !listed.has(code)).map(({ file, code }) => `${code} in ${file}`)).toEqual([]);
});

test('every code of the list that an operator meets is thrown somewhere', () => {
  const known = new Set(named.map(({ code }) => code));
  expect(
    [...listed.values()].filter(({ place, code }) => place === 'operator' && !known.has(code)).map(({ code }) => code),
  ).toEqual([]);
});

test('what is thrown as retryable is so on the list', () => {
  const wrong = thrown.filter(
    ({ code, rest }) =>
      /retryable: true/.test(rest) !== listed.get(code)?.retryable &&
      !/retryable: [^tf]/.test(rest) &&
      listed.get(code)?.place === 'operator',
  );
  expect(wrong.map(({ file, code }) => `${code} in ${file}`)).toEqual([]);
});

test('a dead letter has a code that is listed for dead letters', () => {
  const projector = sources.filter(({ file }) => file.startsWith('apps/projector/'));
  const given = projector.flatMap(({ text }) =>
    [...text.matchAll(/(?:unprojectable\(|status: 'unprojectable', code: |\bcode: )'([a-z_]+)'/g)].map(
      ([, code = '']) => code,
    ),
  );
  expect(given.length).toBeGreaterThan(4);
  expect(given.filter((code) => listed.get(code)?.place !== 'dead_letter')).toEqual([]);
});
