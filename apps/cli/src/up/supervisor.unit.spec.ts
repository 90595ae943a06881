import type { ChildExit, ChildHandle } from '@affidavit/embedded';
import { Supervisor } from './supervisor.ts';

class FakeChild implements ChildHandle {
  static next = 1;
  readonly pid = FakeChild.next++;
  readonly name: string;
  stopped = false;
  readonly exited: Promise<ChildExit>;
  #end: (exit: ChildExit) => void = () => undefined;

  constructor(name: string) {
    this.name = name;
    this.exited = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  die = (code: number | null, signal: NodeJS.Signals | null = null): void => this.#end({ code, signal });
  stop = (): Promise<ChildExit> => {
    this.stopped = true;
    this.die(0);
    return this.exited;
  };
}

/**
 * Many turns of the loop, not a span of time: on a busy machine one timer of 20 ms can be due before a chain of short
 * ones is.
 */
const soon = async () => {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('the supervisor', () => {
  const setUp = (delays = [0, 0, 0]) => {
    const clock = { ms: 0 };
    const pids: Record<string, number>[] = [];
    const restarts: string[] = [];
    const givenUp: string[] = [];
    const started: FakeChild[] = [];
    const supervisor = new Supervisor({
      onChange: (now) => Promise.resolve(void pids.push({ ...now })),
      onRestart: (name, how) => void restarts.push(`${name} ${how}`),
      onGivenUp: (error) => void givenUp.push(error.message),
      restartDelaysMs: delays,
      settledMs: 300_000,
      now: () => clock.ms,
    });
    const definition = (name: string, start = () => Promise.resolve(new FakeChild(name))) => ({
      name,
      start: async () => {
        const child = await start();
        started.push(child);
        return child;
      },
    });
    return { supervisor, definition, pids, restarts, givenUp, started, clock };
  };

  test('starts a dead process again and tells the new pid', async () => {
    const { supervisor, definition, pids, restarts, started } = setUp();
    const first = await supervisor.run(definition('kafka'));
    first.die(null, 'SIGKILL');
    await soon();
    expect(restarts).toEqual(['kafka was ended by SIGKILL']);
    expect(started).toHaveLength(2);
    expect(pids.at(-1)).toEqual({ kafka: started[1]?.pid });
  });

  test('gives up on one that does not stay up, and says where its log is', async () => {
    const { supervisor, definition, givenUp, started, clock } = setUp();
    await supervisor.run(definition('projector'));
    for (let index = 0; index < 4; index += 1) {
      // However long each start takes to find out: a window of a minute would never see four such deaths.
      clock.ms += 40_000;
      started.at(-1)?.die(1);
      await soon();
    }
    expect(started).toHaveLength(4);
    expect(givenUp).toEqual([
      'projector ended with exit code 1 and did not stay up after 3 restarts in a row; its log is logs/projector.log in the ' +
        'data directory.',
    ]);
  });

  test('one that settled starts with a clean sheet', async () => {
    const { supervisor, definition, givenUp, started, clock } = setUp();
    await supervisor.run(definition('projector'));
    for (let index = 0; index < 8; index += 1) {
      clock.ms += 300_000;
      started.at(-1)?.die(1);
      await soon();
    }
    expect({ starts: started.length, givenUp }).toEqual({ starts: 9, givenUp: [] });
  });

  test('a restart that fails counts as one and is tried again', async () => {
    const { supervisor, definition, givenUp, started } = setUp();
    let tries = 0;
    const first = await supervisor.run(
      definition('collector', () =>
        ++tries === 2 ? Promise.reject(new Error('Kafka is away')) : Promise.resolve(new FakeChild('collector')),
      ),
    );
    first.die(1);
    await soon();
    expect({ tries, started: started.length, givenUp }).toEqual({ tries: 3, started: 2, givenUp: [] });
  });

  test('stops in the order asked for, then the rest backwards, and starts nothing again', async () => {
    const { supervisor, definition, restarts, started } = setUp();
    for (const name of ['kafka', 'clickhouse', 'collector', 'query-api']) await supervisor.run(definition(name));
    const order: string[] = [];
    for (const child of started) void child.exited.then(() => order.push(child.name));
    await supervisor.stop(['query-api', 'collector']);
    await soon();
    expect(order).toEqual(['query-api', 'collector', 'clickhouse', 'kafka']);
    expect(restarts).toEqual([]);
  });

  test('what was still starting when the stop came is stopped as well', async () => {
    const { supervisor, definition, started } = setUp();
    let ready: (child: FakeChild) => void = () => undefined;
    const running = supervisor.run(definition('kafka', () => new Promise((resolve) => (ready = resolve))));
    await supervisor.stop([]);
    ready(new FakeChild('kafka'));
    await running;
    expect(started[0]?.stopped).toBe(true);
  });
});
