import { type Socket } from 'node:net';
import { problem, problemMediaType, type ProblemTable } from './problem.ts';

/** What Node refuses before there is a request: no hook sees it, so its answer is written here. */
export function answerClientError(table: ProblemTable): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    // Behind an answer that is under way a second one would become part of its body.
    const answering =
      (socket as { _httpMessage?: { headersSent?: boolean } | null })._httpMessage?.headersSent === true;
    if (error.code === 'ECONNRESET' || answering || !socket.writable || socket.destroyed) return void socket.destroy();
    const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
    const said = problem(table, tooLong ? 'invalid_parameter' : 'unreadable', {
      detail: tooLong
        ? 'the address and headers are longer than 16 KiB: send what is long as a body'
        : 'this is no HTTP request that can be read',
    });
    const [status, reason] = tooLong ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
    const body = Buffer.from(JSON.stringify({ ...said, status }));
    socket.end(
      `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-type: ${problemMediaType}\r\ncontent-length: ` +
        `${body.length}\r\n\r\n${body.toString()}`,
      () => socket.destroy(),
    );
  };
}
