import { runBoot } from './run-boot.ts';
import { startEngines } from './start-engines.ts';

await runBoot(async () => {
  const engines = await startEngines();
  return { environment: engines.environment, stop: engines.stop };
});
