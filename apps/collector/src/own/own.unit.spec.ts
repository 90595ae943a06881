import { GapLedger } from '@affidavit/intake';
import { gapSource } from './gap-source.ts';
import { type OwnEvent, ownEventMaker } from './own-event.ts';
import { RejectionSource } from './rejection-source.ts';

const make = ownEventMaker(
  () => 'id',
  () => 7,
);
const refused = {
  tenant_id: 'acme',
  connector_id: 'retail',
  code: 'unknown_field',
  path: '/tool/*',
  claimed_type: 'tool.call.completed',
};
const details = (events: readonly OwnEvent[]): unknown[] => events.map((event) => event['details']);

describe('refusals', () => {
  test('are one per credential and code; what differs is left out', () => {
    const source = new RejectionSource(make);
    source.note(refused);
    source.note(refused);
    source.note({ ...refused, path: '/labels' });
    source.note({ ...refused, connector_id: 'other' });
    source.note({ ...refused, code: 'wrong_type', path: '', claimed_type: '' });
    expect(details(source.take())).toEqual([
      { code: 'unknown_field', count: '3', claimed_type: 'tool.call.completed' },
      { code: 'unknown_field', count: '1', path: '/tool/*', claimed_type: 'tool.call.completed' },
      { code: 'wrong_type', count: '1' },
    ]);
    expect(source.take()).toEqual([]);
  });
  test('that did not get through are counted on', () => {
    const source = new RejectionSource(make);
    source.note(refused);
    source.giveBack(source.take());
    source.note(refused);
    expect(source.take()).toMatchObject([
      { tenant_id: 'acme', actor: { id: 'retail' }, details: { count: '2', path: '/tool/*' } },
    ]);
  });
  test('of more credentials than can be told apart are counted together, and none is lost', () => {
    const source = new RejectionSource(make);
    for (let index = 0; index < 5_000; index += 1) source.note({ ...refused, connector_id: `c-${index}` });
    const events = source.take();
    expect(events.length).toBeLessThan(1_010);
    expect(events.reduce((sum, event) => sum + Number((event['details'] as { count: string }).count), 0)).toBe(5_000);
    source.giveBack(events);
    expect(source.take().reduce((sum, event) => sum + Number((event['details'] as { count: string }).count), 0)).toBe(
      5_000,
    );
  });
});

describe('gaps', () => {
  test('are declared once, and again when that did not get through', () => {
    const ledger = new GapLedger();
    ledger.burn('acme', 'retail/a/b', 3, 5);
    const source = gapSource(ledger, make);
    const events = source.take();
    expect(events).toMatchObject([
      {
        event_type: 'collector.gap.detected',
        tenant_id: 'acme',
        gap: { stream_id: 'retail/a/b', from_seq: 3, to_seq: 5, kind: 'not_acknowledged' },
        details: { missing: '3' },
      },
    ]);
    expect(source.take()).toEqual([]);
    source.giveBack(events);
    ledger.burn('acme', 'retail/a/b', 6);
    expect(source.take()).toMatchObject([{ gap: { from_seq: 3, to_seq: 6 } }]);
  });
});
