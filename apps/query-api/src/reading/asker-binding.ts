import { createHmac } from 'node:crypto';

/** What stands for one reader in the binding of cursors. Nobody can work it out without the secret. */
export type AskerBinding = (asker: { readonly id: string }) => string;

/**
 * A further page of an answer is not recorded again, so a cursor must prove that its first page was: it is bound to the
 * question, and with this to who asked it. Every process of the API needs the same secret; with a new one, cursors end.
 */
export const askerBinding =
  (secret: string): AskerBinding =>
  ({ id }) =>
    createHmac('sha256', secret).update(`affidavit/cursor/v1\0${id}`).digest('base64url');
