import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const pureRooms = ['audit-model', 'contracts', 'intake', 'mapping', 'scenarios'].map(
  (room) => `**/libs/${room}/src/**/*.ts`,
);

/** Which kind of room may import which: apps import libs, never each other; adapters never import each other. */
const depConstraints = [
  {
    sourceTag: 'type:pure',
    onlyDependOnLibsWithTags: ['type:pure'],
    bannedExternalImports: ['@nestjs/*', 'kafkajs', '@kafkajs/*', '@clickhouse/*', 'chdb', 'fastify'],
  },
  { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: ['type:pure'] },
  { sourceTag: 'type:kit', onlyDependOnLibsWithTags: ['type:pure'] },
  { sourceTag: 'type:embedded', onlyDependOnLibsWithTags: ['type:pure'] },
  { sourceTag: 'type:testkit', onlyDependOnLibsWithTags: ['type:pure', 'type:embedded', 'type:adapter', 'type:kit'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:pure', 'type:adapter', 'type:kit', 'type:embedded'] },
  { sourceTag: 'type:schemas', onlyDependOnLibsWithTags: ['type:pure'] },
  {
    sourceTag: 'type:test',
    onlyDependOnLibsWithTags: [
      'type:pure',
      'type:embedded',
      'type:adapter',
      'type:kit',
      'type:testkit',
      'type:schemas',
    ],
  },
  { sourceTag: 'type:devkit', onlyDependOnLibsWithTags: [] },
];

export default defineConfig(
  globalIgnores(['**/dist/**', '**/coverage/**', '.nx/**', '.stryker-tmp/**', '**/*.gen.ts']),
  js.configs.recommended,
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': ['error', { depConstraints }] },
  },
  {
    // Pure rooms reach the world through ports only; enforce-module-boundaries does not see node:* imports.
    files: pureRooms,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'pure rooms import no Node module: take a port' }] },
      ],
      'no-restricted-globals': [
        'error',
        'Buffer',
        'process',
        'require',
        'global',
        'setTimeout',
        'setInterval',
        'setImmediate',
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', '**/test/**/*.ts', 'test/**/*.ts', 'libs/testkit/**/*.ts'],
    rules: {
      // Tests are tables of cases: a file of them may be longer than one of code.
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: pureRooms.flatMap((glob) => [glob.replace('*.ts', '*.spec.ts'), glob.replace('*.ts', 'testing/**/*.ts')]),
    rules: { 'no-restricted-imports': 'off', 'no-restricted-globals': 'off' },
  },
  {
    // A story is one table of events in the order in which they happened: cut in two, it would be read in two files.
    files: ['**/libs/scenarios/src/stories/*.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
);
