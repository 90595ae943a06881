import { bootChild } from './booted-child.ts';

/** End-to-end tests share one `affidavit up` on free ports, in a directory that goes with it. */
export default async function setup(): Promise<void> {
  await bootChild('boot-e2e.ts');
}
