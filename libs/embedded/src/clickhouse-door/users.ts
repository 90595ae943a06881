import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { hashPassword, type DoorUser } from './config.ts';
import { DoorError } from './door-error.ts';

interface Given {
  readonly user: string;
  readonly password: string;
}

/** The three places where ClickHouse looks, in its order: own headers, basic authentication, URL. */
function givenBy(request: IncomingMessage, url: URLSearchParams): Given | undefined {
  const header = (name: string) => request.headers[name]?.toString();
  const user = header('x-clickhouse-user');
  if (user !== undefined) return { user, password: header('x-clickhouse-key') ?? '' };
  const basic = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic !== undefined) {
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return colon < 0 ? { user: text, password: '' } : { user: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  if (url.has('user')) return { user: url.get('user') ?? '', password: url.get('password') ?? '' };
  return undefined;
}

const nobody = hashPassword('');

/** Takes as long for an unknown name as for a wrong password. */
export function authenticate(request: IncomingMessage, url: URLSearchParams, users: readonly DoorUser[]): DoorUser {
  const given = givenBy(request, url);
  if (given === undefined) throw new DoorError(194, 'REQUIRED_PASSWORD', 'Give a user and a password.');
  const user = users.find(({ name }) => name === given.user);
  const matches = timingSafeEqual(
    Buffer.from(hashPassword(given.password), 'hex'),
    Buffer.from(user?.password_sha256 ?? nobody, 'hex'),
  );
  if (!user || !matches) {
    throw new DoorError(
      516,
      'AUTHENTICATION_FAILED',
      `${given.user.slice(0, 60)}: Authentication failed: password is incorrect, or there is no user with such name.`,
    );
  }
  return user;
}
