import { hash } from 'node:crypto';
import { type ByteTools } from '@affidavit/intake';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const nodeBytes: ByteTools = {
  utf8: (text) => Buffer.from(text, 'utf8'),
  text(bytes) {
    try {
      return strict.decode(bytes);
    } catch {
      return null;
    }
  },
  fromBase64(text) {
    // Buffer.from skips what it does not know, so what comes out is held against what went in.
    const bytes = Buffer.from(text, 'base64');
    return bytes.toString('base64') === text ? bytes : null;
  },
  sha256Hex: (text) => hash('sha256', text, 'hex'),
};
