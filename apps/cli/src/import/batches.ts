/** Most events and bytes that one request carries; the collector's own limits are no lower. */
export const batchLimits = { events: 500, bytes: 1_000_000 } as const;

/** Cuts lines into batches in order. A line over the limit travels alone: the collector judges it. */
export function batchesOf(
  lines: readonly string[],
  limits: { readonly events: number; readonly bytes: number } = batchLimits,
): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let batch: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
    if (batch.length > 0 && (batch.length >= limits.events || bytes + size > limits.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
