import { randomBytes } from 'node:crypto';

/** Which tenant the test reader is bound to. */
export const READER_TENANT = 'default';

export const testPassword = (): string => randomBytes(32).toString('base64url');
