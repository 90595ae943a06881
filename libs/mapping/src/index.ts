export { type CompiledMapping, compileMapping, type CompileOptions, lookupFilesOf } from './compile/compile-mapping.ts';
export { readDateTime } from './expression/date-time.ts';
export { type Finding, type FindingKind, findingKinds, findingMeaning } from './finding.ts';
export { type JsonObject, type JsonValue } from './json-value.ts';
export { limits as mappingLimits } from './limits.ts';
export { MappingError, type MappingErrorCode, type MappingProblem } from './mapping-error.ts';
export { mapRecord, type RecordInput, type RecordResult } from './transcript/map-record.ts';
export { readDocument, recordsOf } from './transcript/read-document.ts';
export { type WireEvent } from './wire-event.ts';
