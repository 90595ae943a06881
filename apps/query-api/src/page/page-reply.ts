import { AffidavitError } from '@affidavit/audit-model';
import { errorCodes } from '@affidavit/contracts';
import { type Credential, problemOf } from '@affidavit/service-kit';
import { type FastifyReply } from 'fastify';
import { type PageFrame, render } from './renderer.ts';

export interface PageContent {
  readonly template: string;
  readonly title: string;
  readonly data: object;
  readonly status?: number;
}

/**
 * Sends what `content` makes, and an error as a page in plain words with the same status as the API's. Null: it has
 * answered itself.
 */
export async function sendPage(
  reply: FastifyReply,
  reader: Credential | null,
  content: () => Promise<PageContent | null>,
): Promise<void> {
  let page: PageContent | null;
  try {
    page = await content();
  } catch (error) {
    const { problem } = problemOf(error, errorCodes);
    if (problem.status >= 500 && !(error instanceof AffidavitError)) throw error;
    page = {
      template: 'problem',
      title: problem.title,
      status: problem.status,
      data: { problem, candidates: problem['candidates'] ?? [] },
    };
  }
  if (page === null) return;
  const frame: PageFrame = { title: page.title, reader };
  await reply
    .code(page.status ?? 200)
    .header('content-type', 'text/html; charset=utf-8')
    .send(render(page.template, frame, page.data));
}
