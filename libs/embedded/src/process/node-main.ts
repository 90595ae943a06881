import { fileURLToPath } from 'node:url';

const loader = new URL('../../../devkit/src/loader.js', import.meta.url).href;

/** The command line that runs one of our TypeScript mains from its source. */
export function nodeMain(main: URL, ...args: string[]): { command: string; args: string[] } {
  return {
    command: process.execPath,
    args: ['--conditions=@affidavit/source', '--import', loader, fileURLToPath(main), ...args],
  };
}
