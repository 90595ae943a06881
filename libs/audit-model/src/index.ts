export { AffidavitError, unreachable } from './affidavit-error.ts';
export { canonicalJson } from './canonical-json.ts';
export { canonicalDecimal } from './decimal.ts';
export { causeKeys, eventKey, type EventName, readEventKey } from './event-key.ts';
export { compileFact, NOT_OF_THE_FACT } from './fact.ts';
export { base32, isPerson, isPseudonym, normalisePersonId } from './identity.ts';
export { LruMap } from './lru-map.ts';
export { contentScopeOf, kafkaKey, type Placed, runKeyOf } from './placement.ts';
export { formatTime, isStorableTime, type ParsedTime, parseTime } from './time.ts';
