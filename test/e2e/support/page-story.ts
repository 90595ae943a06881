import { randomUUID } from 'node:crypto';
import { type Api, type List } from './api.ts';
import { eventually } from './stack.ts';

/** What one page spec reads: names of its own, so that no other spec's events come into its answers. */
export class PageStory {
  readonly unique = randomUUID().slice(0, 8);
  readonly ticket = `page-${this.unique}`;
  readonly longCase = `page-many-${this.unique}`;
  readonly customer = `page_kim_${this.unique}`;
  readonly customerName = `Kim Okafor-Søndergård ${this.unique}`;
  /** As people write it, with `#`. */
  readonly order = `#W${Number.parseInt(this.unique, 16)}`;
  /** An id that a case and an object share. */
  readonly shared = `page-shared-${this.unique}`;

  /** The ticket's timeline in its order: title, tool, outcome with its code, as a reader sees them. */
  readonly expected: readonly (readonly [title: string, tool: string, outcome: string])[] = [
    ['Run started', '', ''],
    ['Prompt submitted', '', ''],
    ['Tool call requested', 'get_order_details', ''],
    ['Tool call completed', 'get_order_details', 'success'],
    ['Policy evaluated', '', 'denied'],
    ['Tool call failed', 'modify_pending_order_items', 'failure'],
    ['Object changed', 'exchange_delivered_order_items', 'success'],
    ['Escalation raised', 'transfer_to_human_agents', 'escalated'],
    ['Run completed', '', 'success'],
  ];
  readonly many = 130;

  #event(number: number, type: string, at: string, more: object): object {
    return {
      event_id: `page-${this.unique}-${number}`,
      event_type: type,
      occurred_at: at,
      source: { system: 'page-test' },
      actor: { type: 'agent', id: 'retail-agent' },
      on_behalf_of: [
        { type: 'human', id: this.customer, issuer: 'shop', relation: 'customer', display_name: this.customerName },
      ],
      run_id: `page-run/${this.unique}`,
      case_refs: [{ system: 'helpdesk', type: 'ticket', id: this.ticket }],
      ...more,
    };
  }

  #story(): object[] {
    const order = (role: string): object => ({
      object_refs: [{ system: 'shop', type: 'order', id: this.order, role }],
    });
    const call = (number: number, name: string, tier: string): object => ({
      call_id: `page-${this.unique}/${number}`,
      tool: { name, tier },
    });
    const day = '2026-03-02T';
    return [
      this.#event(1, 'run.started', `${day}09:00:00Z`, { run: {} }),
      this.#event(2, 'interaction.prompt.submitted', `${day}09:00:01.250Z`, {
        actor: { type: 'human', id: this.customer, issuer: 'shop' },
      }),
      this.#event(3, 'tool.call.requested', `${day}09:00:02Z`, {
        ...call(1, 'get_order_details', 'read'),
        ...order('read'),
      }),
      this.#event(4, 'tool.call.completed', `${day}09:00:02.340Z`, {
        ...call(1, 'get_order_details', 'read'),
        ...order('read'),
        outcome: { status: 'success' },
      }),
      this.#event(5, 'policy.evaluated', `${day}09:00:03Z`, {
        policy: { policy_id: 'refunds-over-500', decision: 'deny', rule_id: 'amount-limit' },
        outcome: { status: 'denied' },
      }),
      this.#event(6, 'tool.call.failed', `${day}09:04:00Z`, {
        ...call(2, 'modify_pending_order_items', 'write'),
        ...order('mentioned'),
        outcome: { status: 'failure', code: 'order_not_pending' },
      }),
      this.#event(7, 'object.changed', `${day}09:04:09Z`, {
        ...call(3, 'exchange_delivered_order_items', 'write'),
        ...order('updated'),
        effect: { kind: 'update', target_system: 'shop', amount: '129.90', currency: 'EUR' },
        outcome: { status: 'success' },
      }),
      this.#event(8, 'escalation.raised', '2026-03-03T08:00:00Z', {
        tool: { name: 'transfer_to_human_agents' },
        outcome: { status: 'escalated' },
      }),
      this.#event(9, 'run.completed', '2026-03-03T08:00:01Z', {
        run: { end_reason: 'handed_over' },
        outcome: { status: 'success' },
      }),
    ];
  }

  #long(): object[] {
    return Array.from({ length: this.many }, (_, number) =>
      this.#event(1_000 + number, 'tool.call.completed', new Date(Date.UTC(2026, 3, 1, 9, 0, number)).toISOString(), {
        case_refs: [{ system: 'helpdesk', id: this.longCase }],
        on_behalf_of: [],
        run_id: `page-many/${this.unique}`,
        call_id: `page-many-${this.unique}/${number}`,
        tool: { name: `step_${number}` },
        outcome: { status: 'success' },
      }),
    );
  }

  #odd(ids: readonly string[]): object[] {
    const note = (number: number, more: object): object =>
      this.#event(2_000 + number, 'tool.call.completed', '2026-05-01T09:00:00Z', {
        on_behalf_of: [],
        run_id: `page-odd/${this.unique}`,
        call_id: `page-odd-${this.unique}/${number}`,
        tool: { name: 'note' },
        outcome: { status: 'success' },
        ...more,
      });
    return [
      ...ids.map((id, number) =>
        note(number, {
          case_refs: [{ system: 'helpdesk', id }],
          object_refs: [{ system: 'shop', type: 'note', id: `of ${id}`, role: 'mentioned' }],
        }),
      ),
      note(900, {
        case_refs: [{ system: 'helpdesk', id: this.shared }],
        object_refs: [{ system: 'shop', type: 'parcel', id: this.shared, role: 'read' }],
      }),
    ];
  }

  /** Sends everything, latest first, and waits until readers see it: order on the page is then not order of arrival. */
  async tell(api: Api, oddIds: readonly string[] = []): Promise<void> {
    for (const events of [this.#long().reverse(), this.#odd(oddIds), this.#story().reverse()]) {
      const answer = await api.post(events);
      if (answer.status !== 200)
        throw new Error(
          `the story was refused: ${answer.status} ${JSON.stringify(((await answer.json()) as { errors?: unknown }).errors)}`,
        );
    }
    const seen = async (id: string, count: number): Promise<true | undefined> =>
      (await api.get<List>(`/v1/cases/x/timeline?id=${encodeURIComponent(id)}&system=helpdesk`)).total === count
        ? true
        : undefined;
    for (const [id, count] of [
      [this.longCase, this.many],
      [this.ticket, this.expected.length],
      [this.shared, 1],
      ...oddIds.map((one) => [one, 1] as const),
    ] as const) {
      await eventually(() => seen(id, count), `${count} events of ${id} are projected`);
    }
  }
}
