import { unsafeSetting, wantedSettings } from './topic-settings.ts';

const found = (over: Record<string, string> = {}, replicas = 3): ReadonlyMap<string, string> =>
  new Map(Object.entries({ ...wantedSettings(replicas), ...over }));

test('what we make is safe, alone and with replicas', () => {
  expect(unsafeSetting(found({}, 1), 1)).toBeUndefined();
  expect(unsafeSetting(found(), 3)).toBeUndefined();
  expect(unsafeSetting(found({ 'min.insync.replicas': '3' }), 3)).toBeUndefined();
});

test.each([
  ['min.insync.replicas', '1', 'at least 2'],
  ['unclean.leader.election.enable', 'true', 'false'],
  ['retention.ms', '604800000', '-1'],
  ['cleanup.policy', 'compact,delete', 'delete'],
  ['message.timestamp.type', 'CreateTime', 'LogAppendTime'],
])('with replicas %s=%s is refused', (setting, value, needed) => {
  expect(unsafeSetting(found({ [setting]: value }), 3)).toEqual({ setting, value, needed });
});

test('of a single copy nothing is asked that it cannot give', () => {
  expect(
    unsafeSetting(found({ 'min.insync.replicas': '1', 'unclean.leader.election.enable': 'true' }), 1),
  ).toBeUndefined();
});
