import { UserError } from '../import/user-error.ts';

/**
 * Runs a command's action: a fault that the user can mend is one sentence on stderr and an exit code, never a stack.
 */
export async function runCommand(action: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await action()) ?? 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
