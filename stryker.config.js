// `npm run mutate -- ROOM` sets MUTATE_ROOM: Stryker changes one line after the other of a room and looks whether one of its
// unit tests notices. Pure rooms only: there a survivor is a missing test, and not one that would need an engine.
const room = process.env.MUTATE_ROOM ?? 'libs/audit-model';

export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    configFile: 'jest.config.js',
    enableFindRelatedTests: false,
    config: { testMatch: [`<rootDir>/${room}/**/*.unit.spec.ts`] },
  },
  coverageAnalysis: 'perTest',
  // What is evaluated when a module is loaded would run every test for each change: ten times the time.
  ignoreStatic: true,
  mutate: [
    `${room}/src/**/*.ts`,
    ...['spec.ts', 'gen.ts'].map((end) => `!**/*.${end}`),
    '!**/{testing,testdata,stories}/**',
    '!**/index.ts',
  ],
  ignorePatterns: ['.nx', 'coverage', 'dist', '.affidavit'],
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['progress', 'clear-text'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // Below 80 of 100 the run fails.
  thresholds: { high: 90, low: 80, break: 80 },
  tempDirName: '.stryker-tmp',
};
