import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerJars } from './jars.ts';
import { findJava, javaMajor } from './java.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'affidavit-prerequisites-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function command(name: string, script: string): Promise<void> {
  await mkdir(join(dir, 'bin'), { recursive: true });
  await writeFile(join(dir, 'bin', name), `#!/bin/sh\n${script}\n`);
  await chmod(join(dir, 'bin', name), 0o755);
}

describe('Java', () => {
  test.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "25" 2025-09-16', 25],
    ['The operation could not be completed. Unable to locate a Java Runtime.', undefined],
  ])('%s is %s', (text, major) => {
    expect(javaMajor(text)).toBe(major);
  });

  test('missing or too old is one sentence that says what to do', async () => {
    await expect(findJava({ JAVA_HOME: dir })).rejects.toMatchObject({
      code: 'java_missing',
      message: expect.stringMatching(/Java 17 or newer.*install.*KAFKA_BROKERS.*\.$/) as unknown,
    });
    await command('java', `echo 'openjdk version "11.0.2" 2019-01-15' >&2`);
    await expect(findJava({ JAVA_HOME: dir })).rejects.toMatchObject({
      code: 'java_too_old',
      message: expect.stringMatching(/this is Java 11.*JAVA_HOME.*KAFKA_BROKERS.*\.$/) as unknown,
    });
    await command('java', `echo 'openjdk version "21.0.2" 2024-01-16' >&2`);
    expect(await findJava({ JAVA_HOME: dir })).toBe(join(dir, 'bin', 'java'));
  });
});

describe("the broker's jars", () => {
  const env = () => ({ PATH: `${join(dir, 'bin')}:/usr/bin:/bin`, XDG_CACHE_HOME: join(dir, 'cache') });
  /** Puts the jar where it is told to, and notes that it ran. */
  const fakeMaven = (more = '') =>
    command(
      'mvn',
      `echo run >> ${join(dir, 'runs')}; for a in "$@"; do case "$a" in -DoutputDirectory=*) out="\${a#*=}";; esac; done; echo ` +
        `jar > "$out/kafka_2.13-4.1.0.jar"; echo other > "$out/other.jar"; ${more}`,
    );
  const runs = async () => (await readFile(join(dir, 'runs'), 'utf8')).trim().split('\n').length;

  test('are fetched once, and again when one is missing or cut', async () => {
    await fakeMaven();
    const fetched: string[] = [];
    const jars = await brokerJars({ env: env(), onFetch: (version) => fetched.push(version) });
    expect((await readdir(jars)).sort()).toEqual(['jars.json', 'kafka_2.13-4.1.0.jar', 'other.jar']);
    expect(await brokerJars({ env: env(), onFetch: (version) => fetched.push(version) })).toBe(jars);
    expect({ fetched, runs: await runs() }).toEqual({ fetched: ['4.1.0'], runs: 1 });
    await writeFile(join(jars, 'other.jar'), 'o');
    await brokerJars({ env: env() });
    await rm(join(jars, 'kafka_2.13-4.1.0.jar'));
    await brokerJars({ env: env() });
    expect(await runs()).toBe(3);
    expect(await readFile(join(jars, 'other.jar'), 'utf8')).toBe('other\n');
  });

  test('a fetch that fails leaves nothing behind and says why', async () => {
    await fakeMaven(`echo '[ERROR] Could not transfer artifact'; exit 1`);
    await expect(brokerJars({ env: env() })).rejects.toMatchObject({
      code: 'jars_unresolved',
      message: expect.stringContaining('Could not transfer artifact') as unknown,
    });
    expect(await readdir(join(dir, 'cache', 'affidavit'))).toEqual([]);
  });

  test('no Maven is one sentence that says what to install', async () => {
    await mkdir(join(dir, 'bin'));
    const lonely = { PATH: join(dir, 'bin'), XDG_CACHE_HOME: join(dir, 'cache') };
    await expect(brokerJars({ env: lonely })).rejects.toMatchObject({
      code: 'maven_missing',
      message: expect.stringMatching(/install Maven.*KAFKA_BROKERS.*\.$/) as unknown,
    });
  });
});
