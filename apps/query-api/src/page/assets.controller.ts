import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@affidavit/service-kit';
import { type FastifyReply } from 'fastify';
import { stylesheet, stylesheetPath } from './renderer.ts';

/** The style of the sign-in form, so without a credential; it says nothing. */
@ApiExcludeController()
@Controller()
export class AssetsController {
  @Public()
  @Get(stylesheetPath)
  async stylesheet(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'public, max-age=31536000, immutable').send(stylesheet);
  }
}
