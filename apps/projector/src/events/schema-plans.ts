import { AffidavitError } from '@affidavit/audit-model';
import { AvroContainer, type AvroRecordSchema, BodyLength, flattenFields } from '@affidavit/clickhouse';

/** What is needed to forward records of one schema id. */
export interface SchemaPlan {
  readonly schema_id: number;
  readonly container: AvroContainer;
  readonly length: BodyLength;
}

export interface SchemaPlanPorts {
  /** Rejects with `schema_unknown`, or retryably when the registry is away. */
  readonly schemaById: (id: number) => Promise<unknown>;
  /** Those of the fields that the table has no column for. */
  readonly missingColumns: (fields: readonly string[]) => Promise<string[]>;
}

const eventRecord = 'affidavit.v1.AuditEvent';

/**
 * Plans by schema id, made once. `not_an_event` for a schema of another record: the value is somebody's mistake. A
 * field that the table lacks stops the projector (`schema_ahead`): ClickHouse would drop it in silence.
 */
export class SchemaPlans {
  readonly #ports: SchemaPlanPorts;
  readonly #plans = new Map<number, SchemaPlan | 'not_an_event'>();

  constructor(ports: SchemaPlanPorts) {
    this.#ports = ports;
  }

  async planOf(id: number): Promise<SchemaPlan | 'not_an_event'> {
    const known = this.#plans.get(id);
    if (known !== undefined) return known;
    const plan = await this.#make(id);
    this.#plans.set(id, plan);
    return plan;
  }

  async #make(id: number): Promise<SchemaPlan | 'not_an_event'> {
    const schema = await this.#ports.schemaById(id);
    if (!isEventSchema(schema)) return 'not_an_event';
    const missing = await this.#ports.missingColumns(flattenFields(schema));
    if (missing.length > 0) {
      throw new AffidavitError(
        'schema_ahead',
        `schema ${id} has fields that the table has no column for: ${missing.slice(0, 5).join(', ')}; migrate ClickHouse first`,
        {
          detail: { schema_id: id, missing: missing.length },
        },
      );
    }
    return { schema_id: id, container: new AvroContainer(schema), length: new BodyLength(schema) };
  }
}

function isEventSchema(schema: unknown): schema is AvroRecordSchema {
  const { type, name, namespace } = (schema ?? {}) as { type?: unknown; name?: unknown; namespace?: unknown };
  return (
    type === 'record' &&
    typeof name === 'string' &&
    (typeof namespace === 'string' ? `${namespace}.${name}` : name) === eventRecord
  );
}
