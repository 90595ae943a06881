import { type LogRecord } from '../lane/log-record.ts';

export function logRecord(part: Partial<LogRecord> & { readonly offset: bigint }): LogRecord {
  return {
    topic: 'audit.activity.v1',
    partition: 0,
    timestamp_ms: 1_795_327_200_000 + Number(part.offset),
    key: Buffer.from('default\u0000run-1'),
    value: Buffer.from('value'),
    ...part,
  };
}
