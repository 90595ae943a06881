/** What a process must know to reach Kafka. One shape for the embedded broker and any cluster. */
export interface KafkaSettings {
  readonly brokers: readonly string[];
  /** Shows in the broker's logs and metrics. */
  readonly client_id: string;
  readonly ssl?: boolean;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  readonly connection_timeout_ms?: number;
  readonly request_timeout_ms?: number;
}

export type KafkaLogLevel = 'error' | 'warn' | 'info' | 'debug';
/** Where kafkajs' own lines go. Fields are topics, partitions, offsets, group and error names: never keys or values. */
export type KafkaLog = (level: KafkaLogLevel, message: string, fields: Readonly<Record<string, unknown>>) => void;
