/** Where a stack listens and with what it is asked. */
export interface SoakTarget {
  readonly collector_url: string;
  readonly api_url: string;
  readonly clickhouse_url: string;
  readonly connector: string;
  readonly investigator: string;
  readonly clickhouse: { readonly user: string; readonly password: string };
}

export interface Ask {
  readonly kind: string;
  readonly url: string;
  readonly init: RequestInit;
}

const RUN_LENGTH = 20;
const BODY = 'The customer asked for a refund of the second item and was told that it would take three working days. ';
/** `SQL, one run` reads all events of the tenant today, whatever its condition: its time follows what is stored. */
export const FOLLOWS_THE_STORED: readonly string[] = ['SQL, one run'];

/**
 * The steady mix: events of runs of twenty, each with a case, an order and a person, and questions about runs that are
 * a little older. Every question is about as many events at the end as at the beginning.
 */
export class Mix {
  readonly #target: SoakTarget;
  readonly #set: string;
  #events = 0;
  #questions = 0;

  /** `set` keeps the ids of one soak apart from those of another. */
  constructor(target: SoakTarget, set: string) {
    this.#target = target;
    this.#set = set;
  }

  single = (): Ask => this.#post('1 event', this.#event(false));
  withBody = (): Ask => this.#post('1 event with a body', this.#event(true));
  batch = (size: number): Ask =>
    this.#post(
      `${size} events`,
      Array.from({ length: size }, () => this.#event(false)),
    );

  /** The next question in turn. */
  question(): Ask {
    const [run, questions] = [this.#olderRun(), this.#asks()];
    const ask = questions[this.#questions++ % questions.length];
    if (!ask) throw new Error('there are questions');
    return ask(run);
  }

  #asks(): readonly ((run: string) => Ask)[] {
    const id = encodeURIComponent;
    return [
      (run) => this.#get('case', `/v1/cases/${id(`helpdesk:${run}`)}/timeline?limit=50`),
      (run) => this.#get('person', `/v1/users/${id(`person-${run}`)}/timeline?limit=50`),
      (run) => this.#get('object', `/v1/objects/shop/order/${id(run)}/timeline?limit=50`),
      (run) => this.#get('run', `/v1/runs/-?id=${id(run)}`),
      (run) => this.#get('resolve', `/v1/resolve?q=${id(run)}`),
      (run) =>
        this.#ask('search', `${this.#target.api_url}/v1/search`, this.#target.investigator, { run_id: run, limit: 20 }),
      () => this.#sql('SQL, nothing read', 'SELECT 1'),
      (run) => this.#sql('SQL, one run', `SELECT count() FROM audit.events WHERE run_id = '${run}'`),
    ];
  }

  #event(withBody: boolean): object {
    const number = this.#events++;
    const run = this.#run(Math.floor(number / RUN_LENGTH));
    return {
      event_id: `${run}#${number}`,
      event_type: 'tool.call.completed',
      occurred_at: new Date().toISOString(),
      source: { system: 'soak' },
      actor: { type: 'agent', id: 'soak' },
      on_behalf_of: [{ type: 'human', id: `person-${run}`, relation: 'customer' }],
      run_id: run,
      call_id: `${run}/${number}`,
      case_refs: [{ system: 'helpdesk', type: 'ticket', id: run }],
      object_refs: [{ system: 'shop', type: 'order', id: run, role: 'updated' }],
      tool: { name: 'look_up_order', tier: 'read', protocol: 'function' },
      outcome: { status: 'success' },
      ...(withBody && {
        content: [{ role: 'tool_result', media_type: 'text/plain', text: `${number} ${BODY.repeat(4)}`.slice(0, 400) }],
      }),
    };
  }

  #run = (number: number): string => `${this.#set}-${number}`;
  /** Long enough ago to be visible, as a rule. */
  #olderRun = (): string => this.#run(Math.max(0, Math.floor(this.#events / RUN_LENGTH) - 60));

  #post = (kind: string, body: object): Ask =>
    this.#ask(kind, `${this.#target.collector_url}/v1/events`, this.#target.connector, body);

  #ask = (kind: string, url: string, token: string, body: object): Ask => ({
    kind,
    url,
    init: {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  });

  #get = (kind: string, path: string): Ask => ({
    kind,
    url: this.#target.api_url + path,
    init: { headers: bearer(this.#target.investigator) },
  });

  #sql(kind: string, query: string): Ask {
    const { user, password } = this.#target.clickhouse;
    const headers = { 'x-clickhouse-user': user, 'x-clickhouse-key': password };
    return { kind, url: this.#target.clickhouse_url, init: { method: 'POST', headers, body: query } };
  }
}

const bearer = (token: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token}` });
