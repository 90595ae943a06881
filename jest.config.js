import preset from './jest.preset.js';

// TEST_KIND picks a suffix, which says the cost: unit (none), int (a broker and an engine), e2e (the whole stack).
const kind = process.env.TEST_KIND ?? 'unit';
const needsStack = kind !== 'unit';

export default {
  ...preset,
  rootDir: '.',
  testMatch: [`<rootDir>/{apps,libs,schemas,test}/**/*.${kind}.spec.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.stryker-tmp/'],
  // Far more than a quiet machine needs: a busy one is no defect.
  testTimeout: { unit: 10_000, int: 180_000, e2e: 300_000 }[kind],
  ...(needsStack && {
    globalSetup: `<rootDir>/libs/testkit/src/global-setup-${kind}.ts`,
    globalTeardown: '<rootDir>/libs/testkit/src/global-teardown.ts',
  }),
};
