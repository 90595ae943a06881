export { createMemoryKeyRing, type MemoryKeyRing } from './memory-key-ring.ts';
