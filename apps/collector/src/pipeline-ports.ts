import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { type ContentVault, type IntakePorts, type Pseudonymiser, type SecretScanner } from '@affidavit/intake';
import { nodeBytes } from './adapters/node-bytes.ts';
import { captureAll, personObjects } from './adapters/policies.ts';
import { DETECTOR } from './adapters/secretlint-scanner.ts';
import { wallClock } from './adapters/wall-clock.ts';
import { type KnownPersons } from './ingest/known-persons.ts';
import { type CollectorSettings } from './settings.ts';

export interface PipelineParts {
  readonly settings: CollectorSettings;
  readonly boot_id: string;
  readonly scanner: SecretScanner;
  readonly pseudonymiser: Pseudonymiser;
  readonly vault: ContentVault;
  readonly persons: KnownPersons;
}

/** Short enough to read aloud, and different at every start. */
export const newBootId = (): string => randomUUID().replaceAll('-', '').slice(0, 12);

export function pipelinePorts({
  settings,
  boot_id,
  scanner,
  pseudonymiser,
  vault,
  persons,
}: PipelineParts): IntakePorts {
  const { default_tenant, environment, region, retention_class, limits, instance_id, person_object_types } = settings;
  return {
    settings: { default_tenant, environment, region, retention_class, limits, detector: DETECTOR },
    clock: wallClock,
    newId: uuidv7,
    bytes: nodeBytes,
    scanner,
    pseudonymiser,
    vault,
    capturePolicy: captureAll,
    personObjects: personObjects(person_object_types),
    knowsPerson: persons.knows,
    streamSuffix: `${instance_id}/${boot_id}`,
  };
}
