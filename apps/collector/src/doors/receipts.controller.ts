import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { AffidavitError } from '@affidavit/audit-model';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FindReceipts } from '../ingest/find-receipt.ts';
import { type StoredReceipt } from '../ingest/recent-receipts.ts';
import { RECEIPTS } from './tokens.ts';

/** Where an event is. Another tenant's event and one that does not exist have the same answer. */
@Controller('v1/receipts')
export class ReceiptsController {
  readonly #find: FindReceipts;

  constructor(@Inject(RECEIPTS) find: FindReceipts) {
    this.#find = find;
  }

  /** A connector asks for its own event; others name the connector, where more than one has the id. */
  @Get(':event_id')
  async one(
    @Param('event_id') eventId: string,
    @Query('connector_id') connectorId: unknown,
    @CurrentCredential() { tenant_id, role, connector_id }: Credential,
  ): Promise<StoredReceipt> {
    const asked = typeof connectorId === 'string' && connectorId !== '' ? connectorId : undefined;
    const whose = role === 'connector' ? connector_id : asked;
    const [receipt, ...others] = tenant_id === '*' ? [] : await this.#find(tenant_id, eventId, whose);
    if (receipt === undefined) throw new AffidavitError('not_found', 'No event of this id is known yet.');
    if (others.length === 0) return receipt;
    throw new AffidavitError('ambiguous', 'Several connectors have an event with this id: name one as connector_id.', {
      detail: {
        candidates: [receipt, ...others].map(({ event_id, connector_id: of }) => ({ event_id, connector_id: of })),
      },
    });
  }
}
