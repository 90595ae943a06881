import { createHash } from 'node:crypto';
import { type Credential } from '@affidavit/service-kit';
import { encodeAsOf } from '../reading/as-of.ts';
import { type Standpoint } from '../reading/list-question.ts';
import { type RunList } from '../links/run-list.ts';
import { completenessOfAll, readParts } from '../reading/read-all.ts';
import { standAt } from '../reading/standpoint.ts';
import { queryError } from '../query-error.ts';
import { FrameMaker } from '../runs/frames.ts';
import { asRunRows } from '../runs/row.ts';
import { findRunList, type RunQuestion, type RunSources } from './run-question.ts';

/** Frames are passed on as they are read, so this bounds time and not memory. */
export const MAX_FRAMES = 100_000;

/** The last line. One that lacks it was cut on its way. */
export interface ReplayFooter {
  readonly type: 'footer';
  readonly frames: number;
  /** There are further events that are no frames. */
  readonly cap_reached: boolean;
  /** SHA-256 of all lines before this one, each with its line feed. */
  readonly hash: string;
}

export interface Replay {
  readonly footer: ReplayFooter;
  /** NDJSON, made anew from the record at the same vector: the same bytes as those of which the hash was recorded. */
  readonly lines: () => AsyncGenerator<string>;
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/**
 * Gets the header and the frames while they are read for the hash, for whoever keeps them: it need not read them again.
 */
export type KeepLines = (lines: string) => Promise<void>;

/**
 * A run frame by frame. It is read twice: once for what is put on record before anything leaves, count and hash, and
 * once more while it leaves, so that a run of any length needs no memory.
 */
export async function askReplay(
  { run, generation, ask }: RunSources,
  asker: Credential,
  { runId, asOf, reason, route }: RunQuestion,
  keep?: KeepLines,
): Promise<Replay> {
  const question = { kind: 'replay', route, filters: [], asked: { run_id: runId }, reason } as const;
  return ask({ asker, question, needs: ['read_record'], continuation: false }, async () => {
    const standpoint = await standAt(run, generation, asker.tenant_id, asOf);
    const list = await findRunList(standpoint, runId);
    const as_of = encodeAsOf(standpoint.asOf);
    const header = line(await headerOf(standpoint, list, runId, as_of));
    const hash = createHash('sha256').update(header);
    const counted = { frames: 0, cap_reached: false };
    await keep?.(header);
    for await (const part of framesOf(standpoint, list, counted)) {
      hash.update(part);
      await keep?.(part);
    }
    if (counted.frames === 0) throw queryError('not_found', 'there is no such run');
    const footer: ReplayFooter = { type: 'footer', ...counted, hash: hash.digest('hex') };
    const lines = async function* (): AsyncGenerator<string> {
      yield header;
      yield* framesOf(standpoint, list, { frames: 0, cap_reached: false });
      yield line(footer);
    };
    return { body: { footer, lines }, data: footer, rows: counted.frames, as_of };
  });
}

/** Nothing in it depends on the moment of asking. */
async function headerOf(standpoint: Standpoint, list: RunList, runId: string, as_of: string): Promise<object> {
  const { gaps, dead_letters, caps } = await completenessOfAll(standpoint, list, {}, []);
  return {
    type: 'header',
    run_id: runId,
    as_of,
    order: ['occurred_at', 'stream_id', 'seq'],
    known_by: 'observed_at',
    linked: list.linked,
    links: [...list.links.values()],
    gaps,
    dead_letters,
    caps,
  };
}

async function* framesOf(
  { context }: Standpoint,
  list: RunList,
  counted: { frames: number; cap_reached: boolean },
): AsyncGenerator<string> {
  const maker = new FrameMaker();
  for await (const { rows, capped } of readParts(context, list, { cap: MAX_FRAMES })) {
    counted.frames += rows.length;
    counted.cap_reached = capped;
    yield asRunRows(rows)
      .map((row) => line(maker.frame(list.dressRow(row))))
      .join('');
  }
}

/** The answer's content type. */
export const NDJSON = 'application/x-ndjson; charset=utf-8';
