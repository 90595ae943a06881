import { formatTime } from '@affidavit/audit-model';
import { type Credential } from '@affidavit/service-kit';
import { type GapState, gapStates, missingNumbers } from '../completeness/gap-state.ts';
import { shown, type Unobserved } from '../completeness/unobserved.ts';
import { encodeAsOf } from '../reading/as-of.ts';
import { standAt } from '../reading/standpoint.ts';
import {
  collectorLives,
  type CollectorLife,
  type DeadLetters,
  deadLettersByCode,
  reconciliations,
  type Reconciliation,
  refusals,
  type Refused,
} from '../store/collector-reads.ts';
import {
  declaredGaps,
  findHoles,
  type Scope,
  sourceCounts,
  type SourceCounts,
  streamCounts,
  type StreamCounts,
} from '../store/coverage-reads.ts';
import { type RunQuery } from '../store/engine.ts';
import { type ProjectedPartition, type ProjectedTopic } from '../store/projection-state.ts';
import { readUnobserved } from '../store/unobserved-reads.ts';
import { type Ask } from './ask.ts';

export interface CompletenessSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly ask: Ask;
}

export interface CompletenessQuestion {
  readonly scope: Scope;
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

export interface StreamState extends StreamCounts {
  /**
   * Over the stream's whole life, not only the scope: the highest number that a record has, and how many below it none
   * has.
   */
  readonly highest_seq: number;
  readonly missing: number;
}

export interface CompletenessAnswer {
  /**
   * False as soon as a record is known to be missing, or a list is cut; true says only that nothing is. What actions
   * lack stands in `unobserved`.
   */
  readonly no_known_gaps: boolean;
  readonly range: { readonly from: string | null; readonly to: string | null };
  readonly totals: {
    readonly events: number;
    readonly duplicates: number;
    readonly conflicts: number;
    readonly late: number;
    readonly missing_numbers: number;
    readonly refused: number;
    readonly dead_letters: number;
    readonly unobserved: number;
  };
  readonly projected: readonly (ProjectedTopic & {
    readonly partitions: readonly Omit<ProjectedPartition, 'topic'>[];
  })[];
  readonly sources: readonly SourceCounts[];
  readonly streams: readonly StreamState[];
  readonly gaps: readonly GapState[];
  readonly collectors: readonly CollectorLife[];
  readonly refused: readonly Refused[];
  readonly dead_letters: readonly DeadLetters[];
  readonly reconciliations: readonly Reconciliation[];
  /**
   * What actions of the range should have and have not: calls an end, writing calls an effect, effects a confirmation.
   */
  readonly unobserved: readonly Unobserved[];
  readonly cap_reached: boolean;
  readonly caps: readonly string[];
  readonly as_of: string;
}

/** What is known to be missing, over a range, of a source or a stream, and on what that knowledge rests. */
export async function askCompleteness(
  { run, generation, ask }: CompletenessSources,
  asker: Credential,
  { scope, asOf, reason, route }: CompletenessQuestion,
): Promise<CompletenessAnswer> {
  const filters = Object.entries(scope)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name]) => (name === 'streamId' ? 'stream_id' : name))
    .sort();
  return ask(
    {
      asker,
      question: { kind: 'completeness', route, filters, asked: scope, reason },
      needs: ['read_record'],
      continuation: false,
    },
    async () => {
      const body = await find(run, generation, asker.tenant_id, scope, asOf);
      return { body, data: body, rows: body.gaps.length, as_of: body.as_of };
    },
  );
}

async function find(
  run: RunQuery,
  generation: string,
  tenantId: string,
  scope: Scope,
  token: string | undefined,
): Promise<CompletenessAnswer> {
  const { context, asOf, state } = await standAt(run, generation, tenantId, token);
  const [sources, streams, declared, found, lives, refused, letters, reconciled, unobserved] = await Promise.all([
    sourceCounts(context, scope),
    streamCounts(context, scope),
    declaredGaps(context, scope),
    findHoles(context, scope),
    collectorLives(context, scope),
    refusals(context, scope),
    deadLettersByCode(context),
    reconciliations(context, scope),
    readUnobserved(context, scope),
  ]);
  const gaps = gapStates(declared.gaps, found.holes, found.lastSeq);
  const missingIn = missingNumbers(declared.gaps, found.holes);
  const sum = <T>(list: readonly T[], of: (one: T) => number): number =>
    list.reduce((total, one) => total + of(one), 0);
  const totals = {
    events: sum(sources.list, ({ events }) => events),
    duplicates: sum(sources.list, ({ duplicates }) => duplicates),
    conflicts: sum(sources.list, ({ conflicts }) => conflicts),
    late: sum(sources.list, ({ late }) => late),
    missing_numbers: sum([...missingIn.values()], (missing) => missing),
    refused: sum(refused.list, ({ count }) => count),
    dead_letters: sum(letters.list, ({ count }) => count),
    unobserved: sum(unobserved?.list ?? [], (one) => one.unobserved),
  };
  const caps = [sources, streams, lives, refused, letters, reconciled, unobserved ?? { caps: ['unobserved'] }]
    .flatMap((one) => one.caps)
    .concat(declared.capped || found.capped ? ['gaps'] : []);
  const openGap = gaps.some(({ status }) => status === 'missing' || status === 'unverified');
  return {
    no_known_gaps: !openGap && totals.dead_letters === 0 && caps.every((cap) => cap === 'unobserved'),
    range: {
      from: scope.from === null ? null : formatTime(scope.from),
      to: scope.to === null ? null : formatTime(scope.to),
    },
    totals,
    projected: state.topics.map((topic) => ({
      ...topic,
      partitions: state.partitions
        .filter((one) => one.topic === topic.topic)
        .map(({ topic: _topic, ...partition }) => partition),
    })),
    sources: sources.list,
    streams: streams.list.map((stream) => ({
      ...stream,
      highest_seq: found.lastSeq.get(stream.stream_id) ?? stream.last_seq,
      missing: missingIn.get(stream.stream_id) ?? 0,
    })),
    gaps,
    collectors: lives.list,
    refused: refused.list,
    dead_letters: letters.list,
    reconciliations: reconciled.list,
    unobserved: (unobserved?.list ?? []).map(shown),
    cap_reached: caps.length > 0,
    caps,
    as_of: encodeAsOf(asOf),
  };
}
