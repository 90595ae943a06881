export { type FileKeyRingOptions, openFileKeyRing } from './ring/file-key-ring.ts';
export { type DataKey, type KeyLookup, type KeyRing, type KeyRingErrorCode, type KeyScope } from './ring/key-ring.ts';
export { createContentVault, type VaultOptions } from './vault/content-vault.ts';
export { createPseudonymiser, type PseudonymFinder } from './vault/pseudonymiser.ts';
