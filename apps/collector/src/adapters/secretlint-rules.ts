import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { type SecretLintRuleContext, type SecretLintRuleReportDescriptor } from '@secretlint/types';

const PREFIX = '@secretlint/secretlint-rule-';

export interface RuleFinding {
  /** The rule's name without the library's prefix. */
  readonly rule_id: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Rules that are not run: one obeys "secretlint-disable" in what it reads, so that one such word would switch the scan
 * off, and one reads the file that the source names.
 */
const LEFT_OUT: ReadonlySet<string> = new Set(['filter-comments', 'gcp']);
const OPTIONS: Readonly<Record<string, object>> = {
  // Ids of access keys are off by default, behind one switch with account ids, which are no secret.
  aws: { enableIDScanRule: true },
};
const NO_SECRET: ReadonlySet<string> = new Set(['AWSAccountID']);

/** How far behind the start of a finding its secret may stand: a key's name, quotes and white space are between. */
const FARTHEST = 4_096;

interface Source {
  readonly content: string;
  readonly ext: '.txt';
  readonly contentType: 'text';
}
interface Rule {
  readonly rule_id: string;
  readonly handler: { file?(source: Source): unknown };
}

let current: { readonly content: string; readonly found: RuleFinding[] } | null = null;

/**
 * Three rules of the library (AWS secret keys, npm's `_authToken`, GitHub's x-oauth-basic) report the start of the
 * whole match with the length of the secret in it, which leaves the secret's tail outside. The message names the secret
 * itself: the finding ends where that ends.
 */
function endOf({ range: [start, end], message }: SecretLintRuleReportDescriptor, content: string): number {
  let last = end;
  for (const value of Object.values((message.data ?? {}) as object)) {
    const at = typeof value === 'string' && value !== '' ? content.indexOf(value, start) : -1;
    if (at >= 0 && at - start <= FARTHEST) last = Math.max(last, at + (value as string).length);
  }
  return last;
}

/** What a rule needs of the library's engine: to name a finding, and to say where it is. The words are never used. */
const contextOf = (rule_id: string): SecretLintRuleContext => ({
  sharedOptions: {},
  createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
  ignore: () => undefined,
  report(descriptor) {
    if (current === null || NO_SECRET.has(descriptor.message.messageId)) return;
    current.found.push({ rule_id, start: descriptor.range[0], end: endOf(descriptor, current.content) });
  },
});

const running: readonly Rule[] = rules.flatMap((rule) => {
  const rule_id = rule.meta.id.replace(PREFIX, '');
  if (LEFT_OUT.has(rule_id)) return [];
  return [{ rule_id, handler: rule.create(contextOf(rule_id), OPTIONS[rule_id] ?? {}) as Rule['handler'] }];
});

/**
 * The library's rules without its engine, which keeps a mark of every call in the process's performance timeline for
 * ever and looks through all of them at each call. Rules of this preset answer at once; one that does not is an error,
 * since its findings would come after the scan.
 */
export function runRules(content: string): RuleFinding[] {
  const found: RuleFinding[] = [];
  current = { content, found };
  try {
    for (const { rule_id, handler } of running)
      if (handler.file?.({ content, ext: '.txt', contentType: 'text' }) instanceof Promise)
        throw new Error(`the rule ${rule_id} does not answer at once`);
  } finally {
    current = null;
  }
  return found;
}
