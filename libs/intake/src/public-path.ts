import { definitionsSchema } from '@affidavit/contracts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function namesIn(schema: unknown, names: Set<string>): Set<string> {
  if (!isObject(schema)) return names;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isObject(value)) for (const name of Object.keys(value)) names.add(name);
    namesIn(value, names);
  }
  return names;
}

const KNOWN: ReadonlySet<string> = namesIn(
  definitionsSchema,
  new Set(['observed_at', 'fact_hash', 'seq_origin', 'content_id']),
);

/**
 * A path that may stand in the log: names of the model and positions only. Every other name is the sender's own text,
 * which may be a person's name or a secret, and below an inline body all of them are.
 */
export function publicPath(path: string): string {
  const steps = path.split('/');
  const body = steps.findIndex((step, index) => index > 1 && step === 'json' && steps[1] === 'content');
  const kept = body < 0 ? steps : steps.slice(0, body + 1);
  return kept.map((step) => (step === '' || /^\d{1,6}$/.test(step) || KNOWN.has(step) ? step : '*')).join('/');
}
