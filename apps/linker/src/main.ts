import { runService } from '@affidavit/service-kit';
import { startLinker } from './start-linker.ts';

await runService({ name: 'linker', logKeys: ['rule', 'asserted', 'retracted', 'refused'], start: startLinker });
