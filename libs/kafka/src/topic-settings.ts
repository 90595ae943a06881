/** Never deleted by time or size, never compacted, dated by the broker: an offset once given keeps its record. */
const evidential: Readonly<Record<string, string>> = {
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'cleanup.policy': 'delete',
  'message.timestamp.type': 'LogAppendTime',
};

/**
 * acks=all promises nothing if one replica in sync is enough, or if one that lags may lead; a single copy cannot
 * promise more.
 */
const replicated: Readonly<Record<string, string>> = {
  'min.insync.replicas': '2',
  'unclean.leader.election.enable': 'false',
};

/** What a topic of so many replicas is made with. */
export const wantedSettings = (replicas: number): Record<string, string> => ({
  ...evidential,
  ...(replicas > 1 && replicated),
});

export interface UnsafeSetting {
  readonly setting: string;
  readonly value: string;
  readonly needed: string;
}

/** The first setting under which records could be lost or changed; a stricter one than ours is fine. */
export function unsafeSetting(found: ReadonlyMap<string, string>, replicas: number): UnsafeSetting | undefined {
  for (const [setting, wanted] of Object.entries(wantedSettings(replicas))) {
    const value = found.get(setting);
    if (value === undefined || value === wanted) continue;
    const atLeast = setting === 'min.insync.replicas';
    if (atLeast && Number(value) >= Number(wanted)) continue;
    return { setting, value, needed: atLeast ? `at least ${wanted}` : wanted };
  }
  return undefined;
}
