import { AffidavitError } from '@affidavit/audit-model';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads one setting each, by its environment name. An empty value counts as absent, as `docker compose` passes it. What
 * is wrong is collected, so that one start names every mistake; a message holds the setting's name and what was
 * expected, and the value only where it cannot be a secret (numbers, flags, words from a list).
 */
export interface SettingReader {
  text(name: string): string;
  text(name: string, fallback: string): string;
  optional(name: string): string | undefined;
  list(name: string, fallback?: readonly string[]): readonly string[];
  /** http or https, without a user in it: credentials have settings of their own. */
  url(name: string, fallback?: string): string;
  port(name: string, fallback: number): number;
  integer(name: string, options: { fallback?: number; min: number; max: number }): number;
  flag(name: string, fallback: boolean): boolean;
  oneOf<const T extends string>(name: string, allowed: readonly T[], fallback?: T): T;
  /** For what concerns several settings at once. */
  problem(text: string): void;
}

/** Reads everything once and throws one `settings_invalid` that names every mistake. */
export function readSettings<T>(environment: Environment, read: (setting: SettingReader) => T): T {
  const problems: string[] = [];
  const settings = read(reader(environment, problems));
  if (problems.length > 0) {
    throw new AffidavitError('settings_invalid', problems.join(' '), { detail: { problems } });
  }
  return settings;
}

function reader(environment: Environment, problems: string[]): SettingReader {
  const raw = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const problem = (text: string): void => void problems.push(text);
  const wrong = (name: string, expected: string, shown?: string): void =>
    problem(
      `${name} must be ${expected}${shown === undefined ? '' : `; it is ${JSON.stringify(shown.slice(0, 60))}`}.`,
    );
  const missing = (name: string): void => problem(`${name} is not set.`);

  const integer: SettingReader['integer'] = (name, { fallback, min, max }) => {
    const value = raw(name);
    if (value === undefined) {
      if (fallback === undefined) missing(name);
      return fallback ?? min;
    }
    const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    wrong(name, `an integer from ${min} to ${max}`, value);
    return min;
  };

  return {
    text(name: string, fallback?: string): string {
      const value = raw(name) ?? fallback;
      if (value === undefined) missing(name);
      return value ?? '';
    },
    optional: raw,
    list(name, fallback) {
      const value = raw(name);
      const parts =
        value
          ?.split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '') ?? fallback;
      if (parts === undefined) missing(name);
      else if (parts.length === 0) wrong(name, 'a list, separated by commas');
      return parts ?? [];
    },
    url(name, fallback) {
      const value = raw(name) ?? fallback;
      if (value === undefined) missing(name);
      else if (!isPlainUrl(value)) wrong(name, 'an http or https URL without user and password in it');
      return (value ?? '').replace(/\/+$/, '');
    },
    port: (name, fallback) => integer(name, { fallback, min: 0, max: 65_535 }),
    integer,
    flag(name, fallback) {
      const value = raw(name)?.toLowerCase();
      if (value === undefined) return fallback;
      if (value !== 'true' && value !== 'false') wrong(name, 'true or false', value);
      return value === 'true';
    },
    oneOf<const T extends string>(name: string, allowed: readonly T[], fallback?: T): T {
      const value = raw(name) ?? fallback;
      if (value === undefined) missing(name);
      else if (!allowed.includes(value as T)) wrong(name, `one of ${allowed.join(', ')}`, value);
      return (value ?? allowed[0]) as T;
    },
    problem,
  };
}

function isPlainUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
