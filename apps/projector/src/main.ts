import { runService } from '@affidavit/service-kit';
import { startProjector } from './start-projector.ts';

await runService({
  name: 'projector',
  stopWithinMs: 30_000,
  logKeys: ['lane', 'records', 'member', 'retry_count'],
  start: startProjector,
});
