import { runService } from '@affidavit/service-kit';
import { startQueryApi } from './start-query-api.ts';

await runService({ name: 'query-api', start: startQueryApi });
