// Module hooks: .ts files go through swc, which, unlike type stripping, also emits the decorator metadata that Nest
// reads.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const settings = JSON.parse(await readFile(new URL('../../../.swcrc', import.meta.url), 'utf8'));
delete settings.$schema;
delete settings.jsc.rewriteRelativeImportExtensions;

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const filename = fileURLToPath(url);
  const source = await readFile(filename, 'utf8');
  const { code } = await transform(source, { ...settings, swcrc: false, filename, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
