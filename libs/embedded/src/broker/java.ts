import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { EmbeddedError } from '../process/embedded-error.ts';

export const JAVA_AT_LEAST = 17;
const ALTERNATIVE = 'or set KAFKA_BROKERS to use a Kafka cluster that runs elsewhere';

/** The text of `java -version` to its major version; undefined when it is none. */
export function javaMajor(versionText: string): number | undefined {
  const match = /version "(\d+)(?:\.(\d+))?/.exec(versionText);
  if (!match) return undefined;
  // Up to Java 8 the number after "1." counted.
  return match[1] === '1' ? Number(match[2]) : Number(match[1]);
}

function versionText(command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    // `java -version` writes to stderr; a macOS stub without Java exits with an error.
    execFile(command, ['-version'], { timeout: 20_000 }, (error, stdout, stderr) =>
      resolve(error ? undefined : stdout + stderr),
    );
  });
}

/** The java command to run the broker with. */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const command = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
  const text = await versionText(command);
  const major = text === undefined ? undefined : javaMajor(text);
  if (major === undefined) {
    throw new EmbeddedError(
      'java_missing',
      `The embedded Kafka broker needs Java ${JAVA_AT_LEAST} or newer, and none was found: install a JRE (for example ` +
        `openjdk-17-jre-headless), ${ALTERNATIVE}.`,
    );
  }
  if (major < JAVA_AT_LEAST) {
    throw new EmbeddedError(
      'java_too_old',
      `The embedded Kafka broker needs Java ${JAVA_AT_LEAST} or newer, and this is Java ${major}: install a newer one or point ` +
        `JAVA_HOME to it, ${ALTERNATIVE}.`,
    );
  }
  return command;
}
