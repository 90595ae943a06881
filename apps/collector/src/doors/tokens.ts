export const LIMITS = Symbol('limits');
export const RECEIPTS = Symbol('receipts');
