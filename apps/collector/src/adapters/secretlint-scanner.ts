import { AffidavitError } from '@affidavit/audit-model';
import { type SecretFinding, type SecretScanner } from '@affidavit/intake';
import { extraSecrets } from './extra-secrets.ts';
import { mayHoldSecret } from './secret-signs.ts';
import { type RuleFinding, runRules } from './secretlint-rules.ts';

export const DETECTOR = { id: 'secretlint', version: '11.7.1' } as const;

/** Everything that is a secret in the text, in order; of two that begin together the longer first. */
function findIn(text: string): RuleFinding[] {
  const found = runRules(text);
  for (const { rule_id, pattern } of extraSecrets) {
    for (const match of text.matchAll(pattern))
      found.push({ start: match.index, end: match.index + match[0].length, rule_id });
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Overlapping findings are one: what is left of the second would be a piece of a secret. */
function merged(found: readonly RuleFinding[]): SecretFinding[] {
  const result: RuleFinding[] = [];
  for (const one of found) {
    const last = result.at(-1);
    if (last && one.start < last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, one.end) };
    else result.push(one);
  }
  return result;
}

const NOTHING: readonly SecretFinding[] = Object.freeze([]);

/** secretlint's rules and some of ours behind the port: only texts that bear a sign of a secret are given to them. */
export const secretlintScanner: SecretScanner = {
  scan(texts) {
    try {
      // All texts of a request at once first: what is a sign in one of them is one in their join.
      if (!mayHoldSecret(texts.join('\n'))) return Promise.resolve(texts.map(() => NOTHING));
      return Promise.resolve(texts.map((text) => (mayHoldSecret(text) ? merged(findIn(text)) : NOTHING)));
    } catch (cause) {
      // "Could not look" is never "nothing found". The cause stays inside: it may quote the text.
      return Promise.reject(
        new AffidavitError('log_unavailable', 'the secret scan failed', {
          retryable: true,
          detail: { kind: (cause as Error).name },
        }),
      );
    }
  },
};
