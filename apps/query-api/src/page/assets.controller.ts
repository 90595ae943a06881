import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@affidavit/service-kit';
import { type FastifyReply } from 'fastify';
import { script, scriptPath, stylesheet, stylesheetPath } from './renderer.ts';

@ApiExcludeController()
@Controller()
export class AssetsController {
  /** The style of the sign-in form, so without a credential; it says nothing. */
  @Public()
  @Get(stylesheetPath)
  async stylesheet(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .header('content-type', 'text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(stylesheet);
  }

  /** Only pages behind the sign-in name it. */
  @Get(scriptPath)
  async script(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(script);
  }
}
