import { Command } from 'commander';
import { registerCredentials } from './commands/credentials.ts';
import { registerImport } from './commands/import.ts';
import { registerMap } from './commands/map.ts';
import { registerScenarios } from './commands/scenarios.ts';
import { registerUp } from './commands/up.ts';

const program = new Command('affidavit')
  .description('An event-sourced audit backbone for enterprise AI')
  .showHelpAfterError();
registerUp(program);
registerImport(program);
registerMap(program);
registerScenarios(program);
registerCredentials(program);
await program.parseAsync();
