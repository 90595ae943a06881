import { eventKey, LruMap } from '@affidavit/audit-model';
import { type AuditEvent, auditEventSchema, type ContentRecord, contentRecordSchema } from '@affidavit/contracts';
import { createContentVault, createPseudonymiser, type KeyRing } from '@affidavit/content-vault';
import {
  COLLECTOR_CONNECTOR_ID,
  collectorStream,
  GapLedger,
  type LogWriter,
  publicPath,
  type SecretScanner,
  StreamNumbers,
} from '@affidavit/intake';
import { AvroCodec } from '@affidavit/schema-registry';
import { type Log, type Metrics } from '@affidavit/service-kit';
import { type RegisteredSchemas } from './adapters/schemas.ts';
import { wallClock } from './adapters/wall-clock.ts';
import { type CollectorParts } from './collector.module.ts';
import { noLookup } from './ingest/duplicate-lookup.ts';
import { IngestEvents } from './ingest/ingest-events.ts';
import { IngestMetrics } from './ingest/ingest-metrics.ts';
import { KnownPersons } from './ingest/known-persons.ts';
import { receiptFinder } from './ingest/find-receipt.ts';
import { RecentReceipts } from './ingest/recent-receipts.ts';
import { type RecordIndex } from './ingest/record-index.ts';
import { RecordWriter, type RecordWriterParts } from './log/record-writer.ts';
import { gapSource } from './own/gap-source.ts';
import { Life } from './own/life.ts';
import { type MakeOwnEvent, ownEventMaker } from './own/own-event.ts';
import { OwnEvents, type OwnEventsParts } from './own/own-events.ts';
import { RejectionSource } from './own/rejection-source.ts';
import { schemaEvent } from './own/schema-events.ts';
import { newBootId, pipelinePorts } from './pipeline-ports.ts';
import { type CollectorSettings } from './settings.ts';
import { VERSION } from './version.ts';

/** Entries of what is remembered for a while; a miss costs a second copy, never an event. */
const REMEMBERED = { receipts: 50_000, contents: 100_000, persons: 50_000 } as const;

/** What the process is given: everything with a connection or a file behind it. */
export interface AssemblyParts {
  readonly settings: CollectorSettings;
  readonly schemas: RegisteredSchemas;
  readonly ring: KeyRing;
  readonly writer: LogWriter;
  readonly scanner: SecretScanner;
  readonly index: RecordIndex | null;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface Assembled {
  readonly doors: CollectorParts;
  /** Begins to tell of itself: started, schemas, then heartbeats, gaps and refusals as they come. */
  begin(): Promise<void>;
  /** The last words: streams closed, collector stopped. False when the log did not take them within the bound. */
  end(withinMs: number): Promise<boolean>;
}

/** Puts the collector's inside together. */
export function assemble(parts: AssemblyParts): Assembled {
  const { settings, schemas, ring, writer: log, index } = parts;
  const boot_id = newBootId();
  const persons = new KnownPersons(REMEMBERED.persons);
  const ports = pipelinePorts({
    settings,
    boot_id,
    scanner: parts.scanner,
    persons,
    vault: createContentVault({ ring }),
    pseudonymiser: createPseudonymiser(ring),
  });
  const metrics = new IngestMetrics(parts.metrics);
  const receipts = new RecentReceipts(REMEMBERED.receipts);
  const make = ownEventMaker(ports.newId, wallClock);
  const gaps = new GapLedger();
  const numbers: StreamNumbers = new StreamNumbers((tenant, stream) => own.emit(life.streamOpened(tenant, stream)));
  const writer = new RecordWriter({
    log,
    numbers,
    gaps,
    ...codecs(schemas),
    recentContents: new LruMap(REMEMBERED.contents),
  });
  const life = new Life({
    make,
    metrics,
    numbers,
    boot_id,
    ...selfOf(settings),
    ownStream: collectorStream(ports),
  });
  const rejections = new RejectionSource(make);
  const own: OwnEvents = new OwnEvents({
    ports,
    writer,
    sources: [gapSource(gaps, make), rejections, life],
    log: parts.log,
    onLost: noteLost(rejections, metrics),
  });
  const ingest = new IngestEvents({
    log: parts.log,
    ports,
    writer,
    receipts,
    persons,
    metrics,
    duplicates: index ?? noLookup,
    onRejected: noteRejected(rejections, settings),
  });
  return {
    doors: {
      ingest,
      limits: settings.limits,
      findReceipts: receiptFinder(receipts, index),
      onRefusedRequest: noteRefusedRequest(rejections, settings),
    },
    async begin() {
      own.emit(life.started());
      own.start();
      for (const event of await newSchemaEvents(parts, make)) own.emit(event);
    },
    end(withinMs) {
      for (const event of life.ended()) own.emit(event);
      return own.close(withinMs);
    },
  };
}

const selfOf = ({ default_tenant, instance_id, heartbeat_ms }: CollectorSettings) => ({
  tenant_id: default_tenant,
  version: VERSION,
  instance_id,
  heartbeat_ms,
});

const codecs = (schemas: RegisteredSchemas): Pick<RecordWriterParts, 'events' | 'contents'> => ({
  events: new AvroCodec<AuditEvent>({ schema: auditEventSchema, schemaId: schemas.event_id }),
  contents: new AvroCodec<ContentRecord>({ schema: contentRecordSchema, schemaId: schemas.content_id }),
});

const noteRefusedRequest =
  (rejections: RejectionSource, { default_tenant }: CollectorSettings): CollectorParts['onRefusedRequest'] =>
  (code, { tenant_id, connector_id }) =>
    rejections.note({
      tenant_id: tenant_id === '*' ? default_tenant : tenant_id,
      connector_id,
      code,
      path: '',
      claimed_type: '',
    });

const noteRejected =
  (rejections: RejectionSource, { default_tenant }: CollectorSettings): IngestParts['onRejected'] =>
  ({ refusal, event_type }, { tenant_id, connector_id }) =>
    rejections.note({
      tenant_id: tenant_id === '*' ? default_tenant : tenant_id,
      connector_id,
      code: refusal.code,
      path: publicPath(refusal.path),
      claimed_type: event_type ?? '',
    });

/** In the record a refusal by ourselves; one of a refusal would go round for ever, and is only counted. */
const noteLost =
  (rejections: RejectionSource, metrics: IngestMetrics): OwnEventsParts['onLost'] =>
  (event, code) => {
    metrics.ownLost(event.event_type, code);
    if (event.event_type !== 'event.rejected')
      rejections.note({
        tenant_id: String(event['tenant_id']),
        connector_id: COLLECTOR_CONNECTOR_ID,
        code,
        path: '',
        claimed_type: event.event_type,
      });
  };

type IngestParts = ConstructorParameters<typeof IngestEvents>[0];

/** Those that the record does not have yet, as far as the index knows. */
async function newSchemaEvents(
  { schemas, settings, index, log }: AssemblyParts,
  make: MakeOwnEvent,
): Promise<ReturnType<typeof schemaEvent>[]> {
  const events = schemas.all.map((schema) => schemaEvent(schema, settings.default_tenant, make));
  if (index === null) return events;
  try {
    const known = await index.places(
      settings.default_tenant,
      events.map(({ event_id }) => ({ event_id, connector_id: COLLECTOR_CONNECTOR_ID })),
    );
    return events.filter(({ event_id }) => !known.has(eventKey(COLLECTOR_CONNECTOR_ID, event_id)));
  } catch (error) {
    log.warn('the index does not answer: schemas are told again', {}, error);
    return events;
  }
}
