import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { AffidavitError } from '@affidavit/audit-model';
import { type SecretFinding, type SecretScanner } from '@affidavit/intake';
import { extraSecrets } from './extra-secrets.ts';

export const DETECTOR = { id: 'secretlint', version: '11.7.1' } as const;

/**
 * No rule of the library crosses a zero byte on a line of its own: words end there, and the classes that span lines
 * (keys in PEM) do not hold it.
 */
const SEPARATOR = '\n\u0000\n';
/** One scan holds the event loop for about 2 ms per 128 KiB. */
const CHUNK_UNITS = 128 * 1024;
const PRESET = '@secretlint/secretlint-rule-preset-recommend';
const PREFIX = '@secretlint/secretlint-rule-';

const config = {
  rules: [
    {
      id: PRESET,
      rule: recommended,
      rules: [
        // Ids of access keys are off by default, behind one switch with account ids, which are no secret.
        { id: `${PREFIX}aws`, options: { enableIDScanRule: true }, allowMessageIds: ['AWSAccountID'] },
      ],
    },
  ],
};

interface Found {
  readonly start: number;
  readonly end: number;
  readonly rule_id: string;
}

/** How far behind the start of a finding its secret may stand: a key's name, quotes and white space are between. */
const FARTHEST = 4_096;

/**
 * Three rules of the library (AWS secret keys, npm's `_authToken`, GitHub's x-oauth-basic) report the start of the
 * whole match with the length of the secret in it, which leaves the secret's tail outside. The message names the secret
 * itself: the finding ends where that ends.
 */
function endOf(
  { range: [start, end], data }: { readonly range: readonly [number, number]; readonly data?: object | undefined },
  content: string,
): number {
  let last = end;
  for (const value of Object.values(data ?? {})) {
    const at = typeof value === 'string' && value !== '' ? content.indexOf(value, start) : -1;
    if (at >= 0 && at - start <= FARTHEST) last = Math.max(last, at + (value as string).length);
  }
  return last;
}

/**
 * The library obeys "secretlint-disable" in what it reads: one such word in any text of a request would switch the scan
 * off for all that comes after it, and the preset does not let that rule be left out. Same length, so that offsets
 * stay.
 */
const withoutOrders = (text: string): string => text.replaceAll('secretlint-', 'secretlint_');

async function findIn(text: string): Promise<Found[]> {
  const content = withoutOrders(text);
  const { messages } = await lintSource({
    // Without a path: one rule opens the file that it names.
    source: { filePath: '', content, contentType: 'text', ext: '.txt' },
    options: { config: config, noPhysicFilePath: true },
  });
  const found: Found[] = messages.map((message) => ({
    start: message.range[0],
    end: endOf(message, content),
    rule_id: message.ruleId.replace(PREFIX, ''),
  }));
  for (const { rule_id, pattern } of extraSecrets) {
    for (const match of content.matchAll(pattern))
      found.push({ start: match.index, end: match.index + match[0].length, rule_id });
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Overlapping findings are one: what is left of the second would be a piece of a secret. */
function merged(found: readonly Found[]): Found[] {
  const result: Found[] = [];
  for (const one of found) {
    const last = result.at(-1);
    if (last && one.start < last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, one.end) };
    else result.push(one);
  }
  return result;
}

interface Chunk {
  readonly from: number;
  readonly texts: readonly string[];
}

/** As many whole texts as fit; a longer one is a chunk of its own, for a secret must not fall on a cut. */
function chunksOf(texts: readonly string[]): Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  let units = 0;
  for (const [index, text] of texts.entries()) {
    if (units > 0 && units + text.length > CHUNK_UNITS) {
      chunks.push({ from, texts: texts.slice(from, index) });
      from = index;
      units = 0;
    }
    units += text.length + SEPARATOR.length;
  }
  if (from < texts.length) chunks.push({ from, texts: texts.slice(from) });
  return chunks;
}

/** Gives each finding to the texts that it touches, in their own offsets. */
function distribute({ from, texts }: Chunk, found: readonly Found[], result: SecretFinding[][]): void {
  let start = 0;
  let at = 0;
  for (const [index, text] of texts.entries()) {
    const end = start + text.length;
    while (at < found.length && (found[at] as Found).end <= start) at += 1;
    for (let next = at; next < found.length && (found[next] as Found).start < end; next += 1) {
      const one = found[next] as Found;
      result[from + index]?.push({
        start: Math.max(one.start, start) - start,
        end: Math.min(one.end, end) - start,
        rule_id: one.rule_id,
      });
    }
    start = end + SEPARATOR.length;
  }
}

/**
 * secretlint behind the port: one scan over many texts at once, since each call of the library costs 0.3 ms by itself.
 */
export const secretlintScanner: SecretScanner = {
  async scan(texts) {
    const result: SecretFinding[][] = texts.map(() => []);
    try {
      for (const chunk of chunksOf(texts)) distribute(chunk, merged(await findIn(chunk.texts.join(SEPARATOR))), result);
    } catch (cause) {
      // "Could not look" is never "nothing found". The cause stays inside: it may quote the text.
      throw new AffidavitError('log_unavailable', 'the secret scan failed', {
        retryable: true,
        detail: { kind: (cause as Error).name },
      });
    }
    return result;
  },
};
