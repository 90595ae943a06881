import {
  type CanActivate,
  createParamDecorator,
  type CustomDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AffidavitError } from '@affidavit/audit-model';
import { type FastifyRequest } from 'fastify';
import { type Credential, type Role } from '../credentials/credential.ts';

const ROLES = 'affidavit:roles';
const PUBLIC = 'affidavit:public';

/** Which roles may pass; on a handler it replaces the controller's. Without it any credential may. */
export const Roles = (...roles: readonly Role[]): CustomDecorator => SetMetadata(ROLES, roles);
/** For doors that are also on the list of public paths. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);

/** The credential that the request came with. */
export const CurrentCredential = createParamDecorator((_data: unknown, context: ExecutionContext): Credential =>
  credentialOf(context),
);

/** Checks roles, and once more that somebody authenticated: the hook before it is what reads the token. */
@Injectable()
export class BearerGuard implements CanActivate {
  readonly #reflector: Reflector;

  constructor(@Inject(Reflector) reflector: Reflector) {
    this.#reflector = reflector;
  }

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const places = [context.getHandler(), context.getClass()];
    if (this.#reflector.getAllAndOverride<boolean | undefined>(PUBLIC, places) === true) return true;
    const { role } = credentialOf(context);
    const allowed = this.#reflector.getAllAndOverride<readonly Role[] | undefined>(ROLES, places);
    if (allowed === undefined || allowed.includes(role)) return true;
    throw new AffidavitError('forbidden', `This needs one of the roles ${allowed.join(', ')}.`);
  }
}

function credentialOf(context: ExecutionContext): Credential {
  const { credential } = context.switchToHttp().getRequest<FastifyRequest>();
  if (credential === undefined) throw new AffidavitError('unauthenticated', 'No credential.');
  return credential;
}
