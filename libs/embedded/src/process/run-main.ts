import { AffidavitError } from '@affidavit/audit-model';

export interface Service {
  readonly port: number;
  /** Finishes what runs, then lets go of everything. */
  stop(): Promise<void>;
}

/**
 * What every main of this room does: start, say on which port in one JSON line, stop on SIGTERM with exit code 0.
 * What keeps it from starting is one sentence on stderr and exit code 1; a defect keeps its stack.
 */
export async function runMain(name: string, start: () => Promise<Service>): Promise<void> {
  try {
    const service = await start();
    const stop = () => {
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    console.log(JSON.stringify({ level: 'info', msg: 'listening', service: name, port: service.port }));
  } catch (error) {
    console.error(error instanceof AffidavitError ? error.message : error);
    process.exit(1);
  }
}
