import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { claimPort } from '../process/free-port.ts';
import { runMain } from '../process/run-main.ts';
import { readDoorConfig } from './config.ts';
import { Engine } from './engine.ts';
import { collectorRecorder } from './query-record.ts';
import { createDoorServer } from './server.ts';
import { Spool } from './spool.ts';

const WRITER_SLOTS = 6;
const READER_SLOTS = 3;

await runMain('The ClickHouse door', async () => {
  const config = readDoorConfig(process.argv[2] ?? '');
  const port = await claimPort(config.port, config.port_setting, config.host);
  const writers = await Engine.open(join(config.data_dir, 'engine'), WRITER_SLOTS);
  const spool = new Spool(join(config.data_dir, 'spool'));
  const record = config.recording === undefined ? undefined : collectorRecorder(config.recording);
  const server = createDoorServer({
    writers,
    readers: writers.sharing(READER_SLOTS),
    spool,
    users: config.users,
    record,
  });
  // Inserts and long queries may take longer than Node's five minutes for a request.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, config.host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await writers.close();
    },
  };
});
