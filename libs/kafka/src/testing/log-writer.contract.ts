import { createHash, randomBytes } from 'node:crypto';
import { type LogItem, type LogWriter } from '@affidavit/intake';

/** What every LogWriter must do, whatever the log. `topics` have at least two partitions and are this run's own. */
export interface LogWriterRig {
  readonly writer: LogWriter;
  readonly topics: readonly [string, string];
  /** Every value stored so far, by topic/partition, in offset order. */
  stored(topic: string): Promise<Map<number, Buffer[]>>;
  close(): Promise<void>;
}

export interface TestItem extends LogItem {
  readonly value: Buffer;
  stamps: number;
  burnt: number;
}

export function testItem(
  topic: string,
  key: string,
  value: Buffer | string = randomBytes(16).toString('hex'),
): TestItem {
  const bytes = Buffer.from(value);
  return {
    topic,
    key: Buffer.from(key),
    value: bytes,
    stamps: 0,
    burnt: 0,
    stamp() {
      this.stamps += 1;
      return bytes;
    },
    notAcknowledged() {
      this.burnt += 1;
    },
  };
}

export function logWriterContract(name: string, start: () => Promise<LogWriterRig>): void {
  describe(`LogWriter: ${name}`, () => {
    let rig: LogWriterRig;
    beforeAll(async () => (rig = await start()));
    afterAll(() => rig.close());

    test('an acknowledged record is stored where its receipt says, under its own hash', async () => {
      const items = Array.from({ length: 50 }, (_, i) => testItem(rig.topics[0], `key-${i}`));
      const [places] = await rig.writer.append([items]);
      const stored = await rig.stored(rig.topics[0]);
      for (const [i, item] of items.entries()) {
        const place = places![i]!;
        expect(stored.get(place.partition)![Number(place.offset)]).toEqual(item.value);
        expect(place.record_hash).toBe(createHash('sha256').update(item.value).digest('hex'));
        expect(place.topic).toBe(rig.topics[0]);
        expect([item.stamps, item.burnt]).toEqual([1, 0]);
      }
    });

    test('one key, one partition, in the order of the calls', async () => {
      const appends = Array.from({ length: 40 }, (_, i) =>
        rig.writer.append([[testItem(rig.topics[0], 'same', `n${i}`)]]),
      );
      const places = (await Promise.all(appends)).map(([stage]) => stage![0]!);
      expect(new Set(places.map((place) => place.partition)).size).toBe(1);
      const offsets = places.map((place) => place.offset);
      expect(offsets).toEqual([...offsets].sort((a, b) => (a < b ? -1 : 1)));
    });

    test('a stage is stamped only after the stage before it is acknowledged', async () => {
      const content = testItem(rig.topics[1], 'body');
      const event = testItem(rig.topics[0], 'event');
      let storedBefore: Promise<Map<number, Buffer[]>> | undefined;
      const stamp = event.stamp.bind(event);
      event.stamp = () => {
        storedBefore = rig.stored(rig.topics[1]);
        return stamp();
      };
      await rig.writer.append([[content], [event]]);
      expect([...(await storedBefore!).values()].flat()).toContainEqual(content.value);
    });

    test('a record over the limit fails its own append and no other', async () => {
      const large = testItem(rig.topics[0], 'large', Buffer.alloc(950_000));
      const results = await Promise.allSettled([
        rig.writer.append([[testItem(rig.topics[0], 'before')]]),
        rig.writer.append([[testItem(rig.topics[0], 'first'), large]]),
        rig.writer.append([[testItem(rig.topics[0], 'after')]]),
      ]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(results[1]).toMatchObject({
        reason: { code: 'record_too_large', retryable: false, detail: { stage: 0, index: 1 } },
      });
    });

    test('more than one send holds is split, and still answered in order', async () => {
      const items = Array.from({ length: 2_500 }, (_, i) => testItem(rig.topics[0], `k${i % 7}`, `split-${i}`));
      const [places] = await rig.writer.append([items]);
      const stored = await rig.stored(rig.topics[0]);
      expect(places).toHaveLength(2_500);
      for (const [i, place] of places!.entries())
        expect(stored.get(place.partition)![Number(place.offset)]!.toString()).toBe(`split-${i}`);
    });

    test('a topic that is not there is an error of that append alone', async () => {
      const results = await Promise.allSettled([
        rig.writer.append([[testItem(`${rig.topics[0]}-missing`, 'x')]]),
        rig.writer.append([[testItem(rig.topics[0], 'x')]]),
      ]);
      expect(results[0]).toMatchObject({ status: 'rejected', reason: { code: 'topic_unknown' } });
      expect(results[1].status).toBe('fulfilled');
    });

    test('an append of nothing is answered with nothing', async () => {
      await expect(rig.writer.append([[], []])).resolves.toEqual([[], []]);
    });

    test('after close it takes nothing', async () => {
      await rig.writer.close();
      await expect(rig.writer.append([[testItem(rig.topics[0], 'late')]])).rejects.toMatchObject({
        code: 'shutting_down',
        retryable: true,
      });
    });
  });
}
