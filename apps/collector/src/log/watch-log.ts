import { type BatchingLogWriter } from '@affidavit/kafka';
import { type Metrics } from '@affidavit/service-kit';

/** The writer's queue as metrics, read when they are asked for. */
export function watchLog(writer: Pick<BatchingLogWriter, 'load'>, metrics: Metrics): void {
  const items = metrics.gauge('affidavit_collector_log_queue_items', 'Records that wait for the log or are being sent');
  const bytes = metrics.gauge('affidavit_collector_log_queue_bytes', 'Their bytes, roughly');
  const stalled = metrics.gauge('affidavit_collector_log_stalled', '1 while a send outlasts its callers');
  const read = (): void => {
    items.set(writer.load.items);
    bytes.set(writer.load.bytes);
    stalled.set(writer.load.stalled ? 1 : 0);
  };
  // Registries have no hook of their own: the first metric's stands for all three.
  Object.assign(items, { collect: read });
  read();
}
