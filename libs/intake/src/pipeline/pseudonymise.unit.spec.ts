import { type AuditEvent } from '@affidavit/contracts';
import { event, IntakeKit, NOW, pseudonymOf } from '../testing/intake-kit.ts';

const person = (issuer: string, id: string): string => pseudonymOf('acme', issuer, id);
const directory = (kit: IntakeKit): unknown[] =>
  kit.sealed.filter(({ scope }) => scope.kind === 'person').map(({ scope, text }) => [scope.id, JSON.parse(text)]);

describe('ids of people', () => {
  test.each(['human', 'unknown'])(
    'of an actor of type %s become pseudonyms; the directory has the name',
    async (type) => {
      const kit = new IntakeKit();
      const record = await kit.record(event({ actor: { type, id: ' Ada@Example.ORG ', display_name: 'Ada L.' } }));
      expect(record.actor).toMatchObject({ id: person('shop', 'ada@example.org'), issuer: 'shop' });
      expect(directory(kit)).toEqual([
        [record.actor.id, { issuer: 'shop', raw_id: ' Ada@Example.ORG ', display_name: 'Ada L.' }],
      ]);
    },
  );
  test.each(['agent', 'service', 'system'])('an actor of type %s keeps its id', async (type) => {
    const kit = new IntakeKit();
    expect((await kit.record(event({ actor: { type, id: 'ada' } }))).actor.id).toBe('ada');
    expect(kit.sealed).toEqual([]);
  });
  test('an issuer that is given makes another person', async () => {
    const record = await new IntakeKit().record(
      event({
        on_behalf_of: [
          { type: 'human', id: 'ada' },
          { type: 'human', id: 'ada', issuer: 'idp' },
          { type: 'agent', id: 'ada' },
        ],
      }),
    );
    expect(record.on_behalf_of.map(({ id, issuer }) => [id, issuer])).toEqual([
      [person('shop', 'ada'), 'shop'],
      [person('idp', 'ada'), 'idp'],
      ['ada', ''],
    ]);
  });
  test('of subjects, approvers, recipients and objects that are people', async () => {
    const kit = new IntakeKit({
      ports: { personObjects: (tenant, system, type) => tenant === 'acme' && system === 'crm' && type === 'customer' },
    });
    const record = await kit.record({
      event_type: 'message.sent',
      occurred_at: NOW,
      source: { system: 'shop' },
      actor: { type: 'agent', id: 'a' },
      subject_refs: [{ id: 'eva', role: 'data_subject' }],
      object_refs: [
        { system: 'crm', type: 'customer', id: '77' },
        { system: 'hr', type: 'employee', id: '88', person: true, display_name: 'Eva' },
        { system: 'shop', type: 'order', id: '#W1' },
      ],
      message: { channel: 'email', recipients: [{ id: 'bob@example.org', domain: 'example.org' }] },
    });
    expect(record.subject_refs[0]).toMatchObject({ id: person('shop', 'eva'), issuer: 'shop' });
    expect(record.object_refs.map(({ id }) => id)).toEqual([person('crm', '77'), person('hr', '88'), '#W1']);
    expect(record.message.recipients[0]).toMatchObject({
      id: person('shop', 'bob@example.org'),
      domain: 'example.org',
    });
    expect(directory(kit)).toHaveLength(4);
    const approval = await kit.record({
      event_type: 'approval.decided',
      occurred_at: NOW,
      source: { system: 'shop' },
      actor: { type: 'system', id: 's' },
      approval_id: 'x',
      approval: { approver: 'mia', decision: 'approved' },
    });
    expect(approval.approval).toMatchObject({ approver: person('shop', 'mia'), approver_issuer: 'shop' });
  });
  test.each<[object, [string, string]]>([
    [
      { kind: 'run_user', from_kind: 'run', from_id: 'r', to_kind: 'user', to_id: 'ada', to_issuer: 'idp' },
      ['r', person('idp', 'ada')],
    ],
    [{ kind: 'run_user', from_id: 'r', to_id: 'ada' }, ['r', person('shop', 'ada')]],
    [{ kind: 'account_person', from_id: 'acc', to_id: 'ada' }, [person('shop', 'acc'), person('shop', 'ada')]],
    [{ kind: 'object_alias', from_kind: 'object', from_id: '#W1', to_kind: 'object', to_id: 'W1' }, ['#W1', 'W1']],
    [
      { kind: 'unknown', from_kind: 'person', from_id: 'ada', to_kind: 'case', to_id: 'c' },
      [person('shop', 'ada'), 'c'],
    ],
  ])('of ends of links: %j', async (link, ids) => {
    const record = await new IntakeKit().record({
      event_type: 'link.asserted',
      occurred_at: NOW,
      source: { system: 'shop' },
      actor: { type: 'service', id: 's' },
      link: { link_id: 'l', ...link },
    });
    expect([record.link.from_id, record.link.to_id]).toEqual(ids);
  });
  test('what is a pseudonym already stays one, and has no new entry', async () => {
    const kit = new IntakeKit();
    expect((await kit.record(event({ actor: { type: 'human', id: person('shop', 'ada') } }))).actor.id).toBe(
      person('shop', 'ada'),
    );
    expect(kit.sealed).toEqual([]);
  });
  test('blank is no id', async () => {
    expect(
      (await new IntakeKit().rejects(event({ on_behalf_of: [{ type: 'human', id: '   ' }] }))).refusal,
    ).toMatchObject({ code: 'empty_identifier', path: '/on_behalf_of/0/id' });
  });
});

describe('nothing of a person is left in the record', () => {
  const everywhere = event({
    event_type: 'message.sent',
    tool: undefined,
    call_id: undefined,
    outcome: undefined,
    actor: { type: 'human', id: 'Ada.Raw', display_name: 'Ada Name' },
    on_behalf_of: [{ type: 'human', id: 'Ada.Raw', display_name: 'Ada Name' }],
    subject_refs: [{ id: 'Ada.Raw', display_name: 'Ada Name' }],
    object_refs: [{ system: 'crm', type: 'contact', id: 'Ada.Raw', person: true, display_name: 'Ada Name' }],
    message: { channel: 'email', recipients: [{ id: 'Ada.Raw' }] },
    content: [{ role: 'output', text: 'Dear Ada Name (Ada.Raw)' }],
  });
  test('but encrypted, once, under the person’s own key', async () => {
    const kit = new IntakeKit();
    const { event: planned } = await kit.accepts(everywhere);
    expect(JSON.stringify(planned.record satisfies AuditEvent)).not.toMatch(/Ada/);
    expect(kit.sealed.map(({ scope }) => scope.kind).sort()).toEqual(['person', 'person', 'source_day']);
    for (const { subjects } of kit.sealed) expect(subjects.every((id) => id.startsWith('p_'))).toBe(true);
  });
  test('a body’s subjects are the people of its event', async () => {
    const kit = new IntakeKit();
    const record = await kit.record(everywhere);
    const body = kit.sealed.find(({ scope }) => scope.kind === 'source_day');
    expect(body?.subjects).toEqual([...new Set([record.actor.id, record.object_refs[0]?.id])].sort());
  });
  test('whoever was written down a moment ago is not written again', async () => {
    const kit = new IntakeKit({
      ports: {
        knowsPerson: (tenant, entry) => tenant === 'acme' && entry.raw_id === 'ada' && entry.display_name === '',
      },
    });
    await kit.accepts(event({ actor: { type: 'human', id: 'ada' } }));
    expect(kit.sealed).toEqual([]);
    await kit.accepts(event({ actor: { type: 'human', id: 'ada', display_name: 'Ada' } }));
    expect(kit.sealed).toHaveLength(1);
  });
});
