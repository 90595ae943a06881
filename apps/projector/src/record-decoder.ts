import { AffidavitError } from '@affidavit/audit-model';
import { AvroCodec, type AvroSchema, readFrame, type Registry } from '@affidavit/schema-registry';

/**
 * Decodes plane records (content, dead letters) under the schema that each was written with. Only a schema of the
 * expected name is taken: `record_undecodable` otherwise. Fields that a later version adds are passed over by whoever
 * reads these.
 */
export function recordDecoder<T extends object>(
  registry: Pick<Registry, 'schemaById'>,
  recordName: string,
): (value: Uint8Array) => Promise<T> {
  const codecs = new Map<number, AvroCodec<T>>();
  return async (value) => {
    const { schemaId, body } = readFrame(value);
    let codec = codecs.get(schemaId);
    if (codec === undefined) {
      const schema = await registry.schemaById(schemaId);
      if (nameOf(schema) !== recordName)
        throw new AffidavitError('record_undecodable', `schema ${schemaId} is of another record`);
      codec = new AvroCodec<T>({ schema, schemaId });
      codecs.set(schemaId, codec);
    }
    return codec.decodeBody(body);
  };
}

function nameOf(schema: AvroSchema): string {
  const { name, namespace } = (typeof schema === 'object' ? schema : {}) as { name?: string; namespace?: string };
  return namespace === undefined ? (name ?? '') : `${namespace}.${name}`;
}
