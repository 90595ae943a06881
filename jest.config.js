import preset from './jest.preset.js';

// TEST_KIND picks a suffix, which says the cost: unit (none), int (a broker and an engine), e2e (the whole stack).
const kind = process.env.TEST_KIND ?? 'unit';
const needsStack = kind !== 'unit';

export default {
  ...preset,
  rootDir: '.',
  testMatch: [`<rootDir>/{apps,libs,schemas,test}/**/*.${kind}.spec.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  testTimeout: kind === 'unit' ? 10_000 : 120_000,
  ...(needsStack && {
    globalSetup: `<rootDir>/libs/testkit/src/global-setup-${kind}.ts`,
    globalTeardown: '<rootDir>/libs/testkit/src/global-teardown.ts',
  }),
};
