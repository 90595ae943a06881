// `npm run generate` writes every generated file; `npm run generate -- --check` says which differ and changes nothing.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './generate.ts';
import { loadModel } from './model.ts';
import { problemsOf } from './rules.ts';

const root = new URL('../../', import.meta.url);
const model = loadModel(new URL('schemas/', root));
const problems = problemsOf(model);
for (const problem of problems) console.error(`schemas: ${problem}`);
if (problems.length > 0) process.exit(1);

const checkOnly = process.argv.includes('--check');
const current = (file: string): string | null => {
  try {
    return readFileSync(new URL(file, root), 'utf8');
  } catch {
    return null;
  }
};
const files = generatedFiles(model);
const stale = [...files].filter(([file, text]) => current(file) !== text);
if (checkOnly) {
  for (const [file] of stale)
    console.error(`${file} differs from what the model gives: run \`npm run generate\` and commit it`);
  process.exit(stale.length > 0 ? 1 : 0);
}
for (const [file, text] of stale) {
  const target = new URL(file, root);
  mkdirSync(new URL('.', target), { recursive: true });
  writeFileSync(target, text);
}
console.log(`${files.size} files generated, ${stale.length} changed`);
