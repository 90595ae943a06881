import { type CapturePolicy, type PersonObjects } from '@affidavit/intake';

/** Until there is a capture policy in force, everything that a connector sends is kept, encrypted. */
export const captureAll: CapturePolicy = () => 'full';

/** From settings such as `crm:customer` or `*:patient`. */
export function personObjects(listed: readonly string[]): PersonObjects {
  const types = new Set(listed);
  return (_tenantId, system, type) => types.has(`${system}:${type}`) || types.has(`*:${type}`);
}
