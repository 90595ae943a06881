import { Api } from './api.ts';
import { affidavit, eventually, readCredentials, readStack } from './stack.ts';

/** An answer as it came: its shape is what a test looks at. */
export type Json = ReturnType<JSON['parse']>;

const EVENTS = 252;
/** Other specs of the shared stack tell events of March, too; none of them comes from these systems. */
const SYSTEMS = [
  'agent-runtime',
  'ai-gateway',
  'llm-host',
  'api-gateway',
  'policy-engine',
  'contract-desk',
  'model-bench',
  'salesforce',
  'sap',
  'exchange',
  'sharepoint',
  'servicenow',
  'entra',
];

/**
 * The API of the shared stack, which holds the example stories when this returns. They are told here unless another
 * spec did it before.
 */
export async function withStories(): Promise<Api> {
  const api = new Api(readStack(), readCredentials());
  const told = async (): Promise<true | undefined> => {
    const { data } = await api.search({
      source: { system: SYSTEMS },
      from: '2026-02-01T00:00:00Z',
      to: '2026-04-01T00:00:00Z',
      limit: 1_000,
    });
    return new Set(data.map(({ event_id }) => event_id).filter((id) => /^t0\d\./.test(id))).size === EVENTS
      ? true
      : undefined;
  };
  if ((await told()) === true) return api;
  const { code, output } = await affidavit(['scenarios']);
  if (code !== 0) throw new Error(`telling the stories ended with ${code}:\n${output}`);
  await eventually(told, 'the stories are projected', 120);
  return api;
}

/**
 * Pseudonyms are made under this stack's keys: who is meant by an address is asked before the question, as an
 * investigator would.
 */
export async function pseudonymOf(api: Api, address: string): Promise<string> {
  const { data } = await api.get<Json>(`/v1/resolve?q=${encodeURIComponent(address)}`);
  const ids = (data as { kind: string; name: { id: string } }[])
    .filter(({ kind }) => kind === 'user')
    .map(({ name }) => name.id);
  if (ids.length !== 1) throw new Error(`${address} is ${ids.length} people`);
  return ids[0] as string;
}

export const eventIds = (rows: readonly { readonly event_id: string }[]): readonly string[] =>
  rows.map(({ event_id }) => event_id);

/** Clock time of a row, as stories are told. */
export const clock = (time: string): string => time.slice(11, 23);
