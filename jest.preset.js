import { readFileSync } from 'node:fs';

const swcrc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swcrc.$schema;
// In Jest the imports must keep pointing at the .ts sources.
delete swcrc.jsc.rewriteRelativeImportExtensions;

// ESM-only packages that CommonJS ones require(): Jest can do that itself only on Node >= 24.9.
const requiredEsm = ['content-disposition', 'cookie'];

/** Shared Jest settings: native ESM, one transform, workspace sources through a package condition. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@affidavit/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/{src,test}/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '^.+\\.[jt]s$': ['@swc/jest', { ...swcrc, swcrc: false }] },
  transformIgnorePatterns: [`/node_modules/(?!(${requiredEsm.join('|')})/)`],
};
