import { logLevel, type logCreator } from 'kafkajs';
import { type KafkaLog, type KafkaLogLevel } from './kafka-settings.ts';

// kafkajs logs whole request payloads at debug and error objects with their stacks: an allow-list, not a deny-list.
const allowed = [
  'topic',
  'partition',
  'offset',
  'groupId',
  'memberId',
  'broker',
  'clientId',
  'error',
  'retryCount',
  'retryTime',
  'isLeader',
  'duration',
];
const longest = 300;

/** kafkajs' logger as a function of ours: known fields only, no payloads, nothing below info. */
export function kafkajsLog(log: KafkaLog): logCreator {
  return () => (entry) => {
    const fields: Record<string, unknown> = {};
    for (const name of allowed) {
      const value: unknown = entry.log[name];
      if (typeof value === 'string') fields[name] = value.slice(0, longest);
      else if (typeof value === 'number' || typeof value === 'boolean') fields[name] = value;
    }
    log(levelOf(entry.level), `kafkajs ${entry.namespace}: ${entry.log.message.slice(0, longest)}`, fields);
  };
}

function levelOf(level: logLevel): KafkaLogLevel {
  switch (level) {
    case logLevel.NOTHING:
    case logLevel.ERROR:
      return 'error';
    case logLevel.WARN:
      return 'warn';
    case logLevel.INFO:
      return 'info';
    case logLevel.DEBUG:
      return 'debug';
    default:
      return 'info';
  }
}
