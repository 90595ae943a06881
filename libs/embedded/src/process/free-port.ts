import { createServer } from 'node:net';
import { EmbeddedError } from './embedded-error.ts';

function tryListen(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}

/**
 * The port to listen on: `wanted` itself if it is free, any free one for 0.
 * It is free when this returns and not reserved: another process may still take it, and then its owner fails by itself.
 * `setting` is the name that a person would change, and stands in the error.
 */
export async function claimPort(wanted: number, setting: string, host = '127.0.0.1'): Promise<number> {
  try {
    return await tryListen(wanted, host);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const what =
      code === 'EADDRINUSE'
        ? 'is already in use: stop what listens there, or'
        : `on ${host} cannot be used (${code ?? 'unknown error'}):`;
    throw new EmbeddedError(
      'port_taken',
      `Port ${wanted} ${what} set ${setting} to another port (0 takes a free one).`,
      {
        cause,
        detail: { port: wanted, setting },
      },
    );
  }
}
