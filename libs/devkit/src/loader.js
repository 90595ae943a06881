// `node --conditions=@affidavit/source --import …/loader.js main.ts` runs the TypeScript sources as they are.
import { register } from 'node:module';
register('./loader-hooks.js', import.meta.url);
