import { AffidavitError } from '@affidavit/audit-model';
import { COLLECTOR_CONNECTOR_ID, type Sender } from '@affidavit/intake';
import { type Credential } from '@affidavit/service-kit';

/** Who is speaking, as the pipeline knows it. Only connectors and our own services send events. */
export function senderOf(credential: Credential): Sender {
  const { role, tenant_id, connector_id, sources, event_types, max_evidence_grade, name } = credential;
  switch (role) {
    case 'connector':
      // No longer made; one of before could speak of streams that are not its own.
      if (connector_id.includes('/') || connector_id === COLLECTOR_CONNECTOR_ID)
        throw new AffidavitError(
          'forbidden',
          'The connector id of this credential is no longer taken: make another with --connector-id.',
        );
      return { kind: 'connector', tenant_id, connector_id, sources, event_types, max_evidence_grade };
    case 'service':
      // Our own service speaks for itself; what it may send is the catalogue's business.
      return {
        kind: 'service',
        tenant_id,
        connector_id: connector_id || name,
        sources: sources.length > 0 ? sources : ['*'],
        event_types: event_types.length > 0 ? event_types : ['*'],
        max_evidence_grade: max_evidence_grade === 'unknown' ? 'gateway_observed' : max_evidence_grade,
      };
    default:
      throw new AffidavitError('forbidden', 'Events are sent by connectors.');
  }
}
