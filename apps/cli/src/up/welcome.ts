import type { Engines } from './engines.ts';
import type { Services } from './services.ts';
import type { DataPaths } from './up-settings.ts';

/** For a single-quoted word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const example = (now: Date) => ({
  event_type: 'tool.call.completed',
  occurred_at: now.toISOString(),
  source: { system: 'my-agent' },
  actor: { type: 'agent', id: 'my-agent' },
  run_id: 'run-1',
  call_id: 'call-1',
  case_refs: [{ system: 'helpdesk', type: 'ticket', id: '4711' }],
  tool: { name: 'look_up_order' },
  outcome: { status: 'success' },
});

/**
 * What a new user reads when everything runs: where to look, and commands that work when pasted into another terminal.
 */
export function welcome(
  services: Services,
  engines: Engines,
  paths: DataPaths,
  elapsed: string,
  now: Date,
  stories = false,
): string {
  const token = (role: string) => `$(node -p ${quoted(`require(${JSON.stringify(paths.credentials)}).${role}`)})`;
  const look = `
Example stories are told (libs/scenarios/README.md). A case to look at, after signing in with the investigator's token:

  ${services.apiUrl}/cases/salesforce:5008d00000A1bCdAAJ/timeline
`;
  return `
Affidavit runs, after ${elapsed} s. Ctrl-C stops it; the data stays in ${paths.stack.replace(/[^/]*$/, '')}

  timelines and search   ${services.apiUrl}/
  events go to           ${services.collectorUrl}/v1/events
  Kafka                  ${engines.kafkaBrokers}   (schemas: ${engines.registryUrl})
  SQL                    ${engines.clickhouseUrl}   (database audit, read-only)
  who may do what        ${paths.credentials}   (tokens; only you may read it)
  logs                   ${paths.log('').replace(/[^/]*$/, '')}
${stories ? look : ''}
Paste this into another terminal: it sends an event and reads the timeline of its case.

curl -sS ${services.collectorUrl}/v1/events -H "Authorization: Bearer ${token('connector')}" -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(example(now)))}; sleep 3
curl -sS ${services.apiUrl}/v1/cases/helpdesk:4711/timeline -H "Authorization: Bearer ${token('investigator')}"

Transcripts of agents become events with: npx affidavit import --help
`;
}
