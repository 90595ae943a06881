import { type Booted, runBoot } from './run-boot.ts';
import { startEngines } from './start-engines.ts';

/** The embedded engines, which are what a user gets; TEST_STACK=containers asks for the servers' own images instead. */
async function start(): Promise<Booted> {
  if (process.env.TEST_STACK !== 'containers') {
    console.log('Integration tests use the embedded engines.');
    return startEngines();
  }
  const { containersAvailable, startContainers } = await import('./start-containers.ts');
  if (!(await containersAvailable()))
    throw new Error('TEST_STACK=containers needs Docker with the images that libs/testkit/README.md names.');
  console.log('Integration tests use containers.');
  return startContainers();
}

await runBoot(start);
