export const INGEST = Symbol('ingest');
export const LIMITS = Symbol('limits');
export const RECEIPTS = Symbol('receipts');
export const REFUSED_REQUESTS = Symbol('refused requests');
