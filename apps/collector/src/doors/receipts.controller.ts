import { Controller, Get, Inject, Param } from '@nestjs/common';
import { AffidavitError } from '@affidavit/audit-model';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FindReceipt } from '../ingest/find-receipt.ts';
import { type StoredReceipt } from '../ingest/recent-receipts.ts';
import { RECEIPTS } from './tokens.ts';

/** Where an event is. Another tenant's event and one that does not exist have the same answer. */
@Controller('v1/receipts')
export class ReceiptsController {
  readonly #find: FindReceipt;

  constructor(@Inject(RECEIPTS) find: FindReceipt) {
    this.#find = find;
  }

  @Get(':event_id')
  async one(@Param('event_id') eventId: string, @CurrentCredential() credential: Credential): Promise<StoredReceipt> {
    const receipt = credential.tenant_id === '*' ? undefined : await this.#find(credential.tenant_id, eventId);
    if (receipt === undefined) throw new AffidavitError('not_found', 'No event of this id is known yet.');
    return receipt;
  }
}
