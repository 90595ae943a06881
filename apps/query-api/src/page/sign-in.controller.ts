import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CREDENTIAL_STORE, type CredentialStore, Public } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { SESSIONS } from '../http/tokens.ts';
import { safeNext } from './page-headers.ts';
import { sendPage } from './page-reply.ts';
import { COOKIE, isSameOrigin, sessionIdOf, type Sessions } from './session.ts';

type Form = Readonly<Record<string, unknown>>;

/** Turns a token into a session, so that a browser can show what needs a credential. */
@ApiExcludeController()
@Controller()
export class SignInController {
  readonly #sessions: Sessions;
  readonly #credentials: CredentialStore;

  constructor(@Inject(SESSIONS) sessions: Sessions, @Inject(CREDENTIAL_STORE) credentials: CredentialStore) {
    this.#sessions = sessions;
    this.#credentials = credentials;
  }

  @Public()
  @Get('sign-in')
  async form(@Query() query: Form, @Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, null, () => Promise.resolve(formPage(safeNext(query['next']), 200, '')));
  }

  @Public()
  @Post('sign-in')
  async signIn(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = (typeof body === 'object' && body !== null ? body : {}) as Form;
    const next = safeNext(form['next']);
    const token = typeof form['token'] === 'string' ? form['token'].trim() : '';
    const refuse = (status: number, problem: string): Promise<void> =>
      sendPage(reply, null, () => Promise.resolve(formPage(next, status, problem)));
    if (!isSameOrigin(request)) return refuse(403, 'The form was sent from another site. Type the token here.');
    if (this.#credentials.verify(token) === null) return refuse(401, 'No such token, or it was revoked.');
    const session = this.#sessions.open(token);
    await reply
      .code(303)
      .header('set-cookie', cookie(request, session.id, session.maxAgeSeconds))
      .header('location', next)
      .send('');
  }

  @Public()
  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const id = sessionIdOf(request);
    if (id !== undefined && isSameOrigin(request)) this.#sessions.close(id);
    await reply
      .code(303)
      .header('set-cookie', cookie(request, '', 0))
      .header('location', '/sign-in')
      .send('');
  }
}

const formPage = (next: string, status: number, problem: string) => ({
  template: 'sign-in',
  title: 'Sign in',
  status,
  data: { next, problem },
});

/** Secure wherever the browser came by TLS, which ends before this process; plain on loopback. */
const cookie = (request: FastifyRequest, id: string, maxAgeSeconds: number): string =>
  `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Strict; ` +
  `Max-Age=${maxAgeSeconds}${request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : ''}`;
