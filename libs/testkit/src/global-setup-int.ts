import { bootChild } from './booted-child.ts';

/**
 * Integration tests share one broker, one registry and two engines; each test takes topics, databases and groups of its
 * own.
 */
export default async function setup(): Promise<void> {
  await bootChild('boot-int.ts');
}
