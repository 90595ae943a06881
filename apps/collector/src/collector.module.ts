import { type DynamicModule, Module } from '@nestjs/common';
import { type IntakeLimits } from '@affidavit/intake';
import { EventsController, type OnRefusedRequest } from './doors/events.controller.ts';
import { ReceiptsController } from './doors/receipts.controller.ts';
import { INGEST, LIMITS, RECEIPTS, REFUSED_REQUESTS } from './doors/tokens.ts';
import { TypesController } from './doors/types.controller.ts';
import { type FindReceipts } from './ingest/find-receipt.ts';
import { type IngestEvents } from './ingest/ingest-events.ts';

export interface CollectorParts {
  readonly ingest: IngestEvents;
  readonly limits: IntakeLimits;
  readonly findReceipts: FindReceipts;
  readonly onRefusedRequest: OnRefusedRequest;
}

/** The doors, over parts that the composition root has put together. */
@Module({})
export class CollectorModule {
  static over(parts: CollectorParts): DynamicModule {
    return {
      module: CollectorModule,
      controllers: [EventsController, TypesController, ReceiptsController],
      providers: [
        { provide: INGEST, useValue: parts.ingest },
        { provide: LIMITS, useValue: parts.limits },
        { provide: RECEIPTS, useValue: parts.findReceipts },
        { provide: REFUSED_REQUESTS, useValue: parts.onRefusedRequest },
      ],
    };
  }
}
