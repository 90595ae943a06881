import { runBoot } from './run-boot.ts';
import { startEngines } from './start-engines.ts';

await runBoot(startEngines);
