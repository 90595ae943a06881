import { createHash } from 'node:crypto';
import { effectFacts } from './facts/effect-facts.ts';
import { type Client, type Read } from './facts/engine.ts';
import { runFacts, traceFacts } from './facts/run-facts.ts';
import { statementsAt } from './facts/statements.ts';
import { type Touched, touchedBy } from './facts/touched.ts';
import { type Say } from './log/collector-door.ts';
import { type Position, readDone, readPositions, windowsOf, writeDone } from './log/window.ts';
import { caseRun } from './rules/case-run.ts';
import { confirmations } from './rules/effect-confirmation.ts';
import { reconcile, type Statement, type ToSay } from './rules/reconcile.ts';
import { type Finding } from './rules/rule.ts';
import { runSession } from './rules/run-session.ts';
import { runUser } from './rules/run-user.ts';
import { traceRun } from './rules/trace-run.ts';

export interface RoundParts {
  readonly client: Client;
  readonly read: Read;
  readonly generation: string;
  readonly say: Say;
  /** Event ids that were said, and may not be in the tables yet. Bounded by the caller. */
  readonly said: { has(id: string): boolean; add(id: string): void };
}

export interface Round {
  /** Records that were looked at; 0 when there was nothing new. */
  readonly records: number;
  readonly asserted: number;
  readonly retracted: number;
  readonly refused: number;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Looks at what is new, says what the rules find of it, remembers how far it got. Killed anywhere, it says the same
 * again, with the same ids.
 */
export async function linkRound({ client, read, generation, say, said }: RoundParts): Promise<Round> {
  const positions = await readPositions(read, generation);
  const windows = windowsOf(positions, await readDone(read, generation));
  if (windows.length === 0) return { records: 0, asserted: 0, retracted: 0, refused: 0 };
  const found: ToSay[] = [];
  for (const touched of await touchedBy(read, generation, windows))
    found.push(...(await toSay(read, generation, touched, positions)));
  const fresh = [...new Map(found.map((one) => [one.event_id, one])).values()].filter(
    ({ event_id }) => !said.has(event_id),
  );
  const { refused } = await say(fresh);
  for (const { event_id } of fresh) said.add(event_id);
  await writeDone(client, read, generation, windows);
  const asserted = fresh.filter(({ what }) => what.status === 'assert').length;
  return {
    records: windows.reduce((sum, { from, to }) => sum + to - from, 0),
    asserted,
    retracted: fresh.length - asserted,
    refused,
  };
}

async function toSay(
  read: Read,
  generation: string,
  { tenant_id, runs, traces, effects }: Touched,
  positions: readonly Position[],
): Promise<readonly ToSay[]> {
  const ofRuns = await runFacts(read, generation, tenant_id, runs, positions);
  const ofTraces = await traceFacts(read, generation, tenant_id, traces, positions);
  const ofEffects =
    effects.length === 0 ? [] : confirmations(await effectFacts(read, generation, tenant_id, effects, positions));
  const findings: readonly Finding[] = [
    ...ofRuns.flatMap((facts) => [caseRun(facts), runSession(facts), runUser(facts)]),
    ...ofTraces.map(traceRun),
    ...ofEffects,
  ];
  const bySubject = new Map<string, ReadonlyMap<string, readonly Statement[]>>();
  for (const kind of ['run', 'trace', 'event']) {
    const ids = [...new Set(findings.filter(({ subject }) => subject.kind === kind).map(({ subject }) => subject.id))];
    bySubject.set(kind, await statementsAt(read, generation, tenant_id, kind, ids, positions));
  }
  return findings.flatMap((finding) =>
    reconcile(digest, finding, bySubject.get(finding.subject.kind)?.get(finding.subject.id) ?? []),
  );
}
