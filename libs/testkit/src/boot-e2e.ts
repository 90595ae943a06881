import { runBoot } from './run-boot.ts';
import { startStack } from './start-stack.ts';

await runBoot(async () => {
  const stack = await startStack();
  return { environment: { AFFIDAVIT_STACK_DIR: stack.dir }, stop: stack.stop };
});
