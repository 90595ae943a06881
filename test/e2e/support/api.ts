import { type Credentials, pause, type Role, type Stack } from './stack.ts';

export interface Row {
  readonly event_id: string;
  readonly event_type: string;
  readonly run_id?: string;
  readonly call_id?: string;
  readonly tool?: { readonly name?: string };
  readonly outcome?: { readonly status?: string; readonly code?: string };
  readonly kafka: { readonly topic: string; readonly partition: number; readonly offset: number | string };
  readonly record_hash: string;
  readonly duplicates: number;
  readonly conflict: boolean;
  readonly [field: string]: unknown;
}
export interface List {
  readonly data: readonly Row[];
  readonly total: number | { readonly at_least: number };
  readonly has_more: boolean;
  readonly next_cursor: string | null;
  readonly as_of: string;
  readonly completeness: Readonly<Record<string, unknown>>;
}

export class Api {
  readonly #stack: Stack;
  readonly #credentials: Credentials;

  constructor(stack: Stack, credentials: Credentials) {
    this.#stack = stack;
    this.#credentials = credentials;
  }

  /**
   * Waits and asks again when the answer says so (503 with Retry-After), at most five times, as a well-behaved client
   * does.
   */
  async fetch(path: string, role: Role = 'investigator', init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#credentials[role]}`, 'content-type': 'application/json' };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(this.#stack.api_url + path, { ...init, headers });
      if (answer.status !== 503 || attempt > 5) return answer;
      await pause(1_000 * Math.min(5, Number(answer.headers.get('retry-after') ?? '1') || 1));
    }
  }

  async get<T>(path: string, role: Role = 'investigator'): Promise<T> {
    const answer = await this.fetch(path, role);
    const body = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${body}`);
    return JSON.parse(body) as T;
  }

  async search(query: object, role: Role = 'investigator'): Promise<List> {
    const answer = await this.fetch('/v1/search', role, { method: 'POST', body: JSON.stringify(query) });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`POST /v1/search: ${answer.status} ${body}`);
    return JSON.parse(body) as List;
  }

  /** The events of all pages of a list, joined; missing numbers, which are rows of timelines, left out. */
  async all(path: string, limit = 500): Promise<Row[]> {
    const rows: Row[] = [];
    const glue = path.includes('?') ? '&' : '?';
    let cursor: string | null = null;
    do {
      const page: List = await this.get(
        `${path}${glue}limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      rows.push(...page.data.filter((row) => row['row_kind'] !== 'gap'));
      cursor = page.has_more ? page.next_cursor : null;
    } while (cursor);
    return rows;
  }

  post(body: unknown, role: Role = 'connector'): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#credentials[role]}`, 'content-type': 'application/json' };
    return fetch(`${this.#stack.collector_url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(body) });
  }
}
