import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AffidavitError } from '@affidavit/audit-model';
import { type Log, logListening } from '../log/log.ts';
import { type ListenSettings } from '../settings/stack-settings.ts';

/** Listens and says so in one log line, from which a supervisor reads the port. Answers the port that it got. */
export async function listen(app: NestFastifyApplication, at: ListenSettings, log: Log): Promise<number> {
  try {
    await app.listen(at.port, at.host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new AffidavitError('port_taken', `port ${at.port} on ${at.host} is taken by another program`, {
      cause: error,
    });
  }
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  logListening(log, { host: at.host, port });
  return port;
}
