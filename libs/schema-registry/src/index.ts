export { AvroCodec, type AvroCodecOptions } from './avro-codec.ts';
export { type AvroSchema } from './avro-types.ts';
export { connectRegistry, type Registry, type RegistrySettings } from './connect-registry.ts';
export { registerSchemas, type SubjectSchema } from './register-schemas.ts';
export { type RegistryErrorCode } from './registry-error.ts';
export { type Frame, frameHeaderBytes, readFrame, recordHash } from './wire-frame.ts';
