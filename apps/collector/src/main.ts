import { runService } from '@affidavit/service-kit';
import { startCollector } from './composition.ts';

await runService({
  name: 'collector',
  stopWithinMs: 20_000,
  start: async (context) => void (await startCollector(context)),
});
