import { hash } from 'node:crypto';
import { AffidavitError } from '@affidavit/audit-model';

/** Confluent wire format: 0x00, the schema's id as int32 big-endian, the Avro body. */
export const frameHeaderBytes = 5;

export interface Frame {
  readonly schemaId: number;
  /** A view into the value, not a copy. */
  readonly body: Buffer;
}

export function writeFrameHeader(target: Buffer, schemaId: number): void {
  target[0] = 0;
  target.writeInt32BE(schemaId, 1);
}

/** Throws `frame_invalid`: such a value was not written by us and never will be readable. */
export function readFrame(value: Uint8Array): Frame {
  const buffer = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (buffer.length < frameHeaderBytes || buffer[0] !== 0) {
    throw new AffidavitError('frame_invalid', 'the value has no Confluent wire header', {
      detail: { size_bytes: buffer.length },
    });
  }
  return { schemaId: buffer.readInt32BE(1), body: buffer.subarray(frameHeaderBytes) };
}

/** SHA-256 of the whole Kafka value, wire header included: the leaf of the evidence tree and the hash in receipts. */
export function recordHash(value: Uint8Array): Buffer {
  return hash('sha256', value, 'buffer');
}
