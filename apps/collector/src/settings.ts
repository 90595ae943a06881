import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { type AuditEvent } from '@affidavit/contracts';
import { defaultLimits, type IntakeLimits } from '@affidavit/intake';
import {
  clickhouseSettings,
  type Environment,
  type HttpServiceSettings,
  kafkaSettings,
  type KafkaStackSettings,
  type ListenSettings,
  listenSettings,
  readSettings,
  registrySettings,
  type SettingReader,
} from '@affidavit/service-kit';

export interface CollectorSettings {
  readonly kafka: KafkaStackSettings;
  readonly registry: HttpServiceSettings;
  /** For receipts and duplicates beyond this process' memory; the collector works without. */
  readonly clickhouse: HttpServiceSettings | null;
  readonly listen: ListenSettings;
  readonly credentials_file: string;
  readonly key_ring_dir: string;
  readonly generation: string;
  /**
   * Names this collector in its streams: letters, digits, dots, dashes. Two that run at one time need not differ, each
   * start does.
   */
  readonly instance_id: string;
  readonly default_tenant: string;
  readonly environment: AuditEvent['environment'];
  readonly region: string;
  readonly retention_class: string;
  /** Object types whose ids are people's, as `system:type`, for every tenant; `*` is any system. */
  readonly person_object_types: readonly string[];
  readonly limits: IntakeLimits;
  /** Request bodies in memory at one time; beyond it the door answers 429 before it reads. */
  readonly in_flight_bytes: number;
  readonly heartbeat_ms: number;
}

/** Without a setting: stable on this machine, and without its name, which often is its owner's. */
function instanceOf(setting: SettingReader, directory: string): string {
  const given = setting.optional('COLLECTOR_INSTANCE');
  if (given === undefined)
    return `c-${createHash('sha256').update(`${hostname()}\u0000${directory}`).digest('hex').slice(0, 8)}`;
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(given))
    setting.problem('COLLECTOR_INSTANCE must be 1 to 64 letters, digits, dots, dashes or underscores.');
  return given;
}

const ENVIRONMENTS = ['unknown', 'production', 'staging', 'test', 'evaluation'] as const;
const MICROS = 1_000_000;

function limitsOf(setting: SettingReader): IntakeLimits {
  return {
    ...defaultLimits,
    body_bytes: setting.integer('MAX_BODY_BYTES', {
      fallback: defaultLimits.body_bytes,
      min: 1_024,
      max: 64 * 1024 * 1024,
    }),
    batch_events: setting.integer('MAX_BATCH_EVENTS', { fallback: defaultLimits.batch_events, min: 1, max: 10_000 }),
    future_us:
      setting.integer('MAX_FUTURE_SECONDS', { fallback: defaultLimits.future_us / MICROS, min: 0, max: 86_400 }) *
      MICROS,
  };
}

export const readCollectorSettings = (environment: Environment): CollectorSettings =>
  readSettings(environment, (setting) => ({
    kafka: kafkaSettings(setting),
    registry: registrySettings(setting),
    clickhouse: setting.optional('CLICKHOUSE_URL') === undefined ? null : clickhouseSettings(setting),
    listen: listenSettings(setting, 'COLLECTOR_PORT', 7070),
    credentials_file: setting.text('CREDENTIALS_FILE'),
    key_ring_dir: setting.text('KEY_RING_DIR'),
    generation: setting.text('GENERATION', 'audit_g1'),
    instance_id: instanceOf(setting, setting.text('KEY_RING_DIR')),
    default_tenant: setting.text('DEFAULT_TENANT', 'default'),
    environment: setting.oneOf('ENVIRONMENT', ENVIRONMENTS, 'unknown'),
    region: setting.text('REGION', ''),
    retention_class: setting.text('RETENTION_CLASS', 'standard'),
    person_object_types:
      setting.optional('PERSON_OBJECT_TYPES') === undefined ? [] : setting.list('PERSON_OBJECT_TYPES'),
    limits: limitsOf(setting),
    in_flight_bytes: setting.integer('MAX_IN_FLIGHT_BYTES', {
      fallback: 64 * 1024 * 1024,
      min: 1024 * 1024,
      max: 4 * 1024 * 1024 * 1024,
    }),
    heartbeat_ms: setting.integer('HEARTBEAT_MS', { fallback: 60_000, min: 100, max: 3_600_000 }),
  }));
