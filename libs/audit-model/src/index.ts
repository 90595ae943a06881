export { AffidavitError, unreachable } from './affidavit-error.ts';
