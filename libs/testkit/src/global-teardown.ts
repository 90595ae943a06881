import { endBootedChild } from './booted-child.ts';

export default async function teardown(): Promise<void> {
  await endBootedChild();
}
