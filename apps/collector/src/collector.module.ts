import { type DynamicModule, Module } from '@nestjs/common';
import { type IntakeLimits } from '@affidavit/intake';
import { type OnRefusedRequest } from './doors/events-route.ts';
import { ReceiptsController } from './doors/receipts.controller.ts';
import { LIMITS, RECEIPTS } from './doors/tokens.ts';
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
      controllers: [TypesController, ReceiptsController],
      providers: [
        { provide: LIMITS, useValue: parts.limits },
        { provide: RECEIPTS, useValue: parts.findReceipts },
      ],
    };
  }
}
