import { logListening } from '../../log/log.ts';
import { readSettings } from '../../settings/read-settings.ts';
import { runService } from '../run-service.ts';

const how = process.argv[2] ?? 'well';
const alive = setInterval(() => undefined, 1_000);

await runService({
  name: 'toy',
  stopWithinMs: 500,
  async start({ log, onStop, environment }) {
    onStop('kafka', () => log.info('closed kafka'));
    onStop('http', async () => {
      if (how === 'hang') await new Promise(() => undefined);
      if (how === 'stop-fails') throw new Error('cannot close');
      log.info('closed http');
    });
    if (how === 'start-fails') {
      onStop('timer', () => clearInterval(alive));
      readSettings({ ...environment, PORT: '' }, (setting) => setting.text('PORT'));
    }
    await Promise.resolve();
    logListening(log, { host: '127.0.0.1', port: 1 });
    if (how === 'uncaught')
      setTimeout(() => {
        throw new Error('nobody caught this');
      }, 10);
  },
});
