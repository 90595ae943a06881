import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedError } from '../process/embedded-error.ts';

const pomFile = fileURLToPath(new URL('../../../../deploy/embedded/pom.xml', import.meta.url));
const MANIFEST = 'jars.json';
const MAVEN_TIMEOUT_MS = 10 * 60_000;

/** What stands in the cache beside the jars, written last: file name → size. */
interface JarManifest {
  readonly pom_sha256: string;
  readonly jars: Readonly<Record<string, number>>;
}

function cacheRoot(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'affidavit');
}

async function sizesIn(dir: string): Promise<Record<string, number>> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.jar')).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await stat(join(dir, name))).size] as const)),
  );
}

async function isComplete(dir: string, pomSha256: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(dir, MANIFEST), 'utf8')) as JarManifest;
    return manifest.pom_sha256 === pomSha256 && JSON.stringify(manifest.jars) === JSON.stringify(await sizesIn(dir));
  } catch {
    return false;
  }
}

function maven(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('mvn', args, { cwd, env, timeout: MAVEN_TIMEOUT_MS, maxBuffer: 16 << 20 }, (error, stdout, stderr) => {
      if (!error) return resolve();
      if (error.code === 'ENOENT') {
        return reject(
          new EmbeddedError(
            'maven_missing',
            'Maven fetches the embedded Kafka broker once, and no mvn command was found: install Maven (for example the ' +
              'package maven), or set KAFKA_BROKERS to use a Kafka cluster that runs elsewhere.',
          ),
        );
      }
      const reason = /^\[ERROR\] (.+)$/m.exec(stdout + stderr)?.[1] ?? error.message.split('\n')[0];
      reject(
        new EmbeddedError('jars_unresolved', `Maven could not fetch the embedded Kafka broker: ${reason}`, {
          cause: error,
        }),
      );
    });
  });
}

/**
 * The directory with the broker's jars, fetched by Maven at the first call of this user on this machine.
 * Filled beside its place and renamed into it, so that a second process and a Ctrl-C see all of it or nothing.
 */
export async function brokerJars(
  options: { env?: NodeJS.ProcessEnv; onFetch?: (version: string) => void } = {},
): Promise<string> {
  const pom = await readFile(pomFile, 'utf8');
  const version = /<kafka\.version>([^<]+)</.exec(pom)?.[1] ?? 'unknown';
  const pomSha256 = createHash('sha256').update(pom).digest('hex');
  const env = options.env ?? process.env;
  const root = cacheRoot(env);
  const home = join(root, `kafka-${version}`);
  if (await isComplete(home, pomSha256)) return home;

  options.onFetch?.(version);
  await mkdir(root, { recursive: true });
  const fresh = await mkdtemp(join(root, `kafka-${version}-`));
  try {
    await maven(['-q', '-B', '-f', pomFile, 'dependency:copy-dependencies', `-DoutputDirectory=${fresh}`], fresh, env);
    const manifest: JarManifest = { pom_sha256: pomSha256, jars: await sizesIn(fresh) };
    if (!(`kafka_2.13-${version}.jar` in manifest.jars))
      throw new EmbeddedError(
        'jars_unresolved',
        `Maven ended well, but there is no kafka_2.13-${version}.jar among what it fetched.`,
      );
    await writeFile(join(fresh, MANIFEST), JSON.stringify(manifest, null, 1));
    await rm(home, { recursive: true, force: true });
    await rename(fresh, home);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process may have been faster: then its jars are as good.
    if (await isComplete(home, pomSha256)) return home;
    throw error;
  }
  return home;
}
