import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brokerJars, claimPort, findJava, newClusterId } from '@affidavit/embedded';

const CONTROLLER = 100;
const BROKERS = [1, 2, 3] as const;
export type BrokerId = (typeof BROKERS)[number];

/** A frozen follower stays in sync for longer than it is frozen; a dead broker is found after a few seconds. */
const COMMON = `controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
auto.create.topics.enable=false
log.message.timestamp.type=LogAppendTime
unclean.leader.election.enable=false
default.replication.factor=3
min.insync.replicas=2
offsets.topic.replication.factor=3
offsets.topic.num.partitions=2
replica.lag.time.max.ms=10000
replica.fetch.wait.max.ms=100
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=500
controlled.shutdown.enable=false
log.cleaner.enable=false
num.network.threads=2
num.io.threads=2
`;

interface Node {
  readonly id: number;
  readonly properties: string;
  readonly log: string;
  child: ChildProcess | undefined;
}

/**
 * A real Kafka of three brokers and a controller, each a JVM of its own, on loopback. The controller is apart so that
 * brokers can be frozen and killed without the quorum going with them.
 */
export class Cluster {
  readonly brokers: string;
  readonly #dir: string;
  readonly #java: string;
  readonly #jars: string;
  readonly #nodes: ReadonlyMap<number, Node>;

  private constructor(parts: { dir: string; java: string; jars: string; brokers: string; nodes: readonly Node[] }) {
    this.brokers = parts.brokers;
    this.#dir = parts.dir;
    this.#java = parts.java;
    this.#jars = parts.jars;
    this.#nodes = new Map(parts.nodes.map((node) => [node.id, node]));
  }

  static async start(): Promise<Cluster> {
    const [java, jars] = [await findJava(), await brokerJars({})];
    const dir = await mkdtemp(join(tmpdir(), 'affidavit-cluster-'));
    const controllerPort = await claimPort(0, 'KAFKA_CONTROLLER_PORT');
    const ports = new Map<number, number>();
    for (const id of BROKERS) ports.set(id, await claimPort(0, 'KAFKA_PORT'));
    const nodes: Node[] = [];
    for (const id of [CONTROLLER, ...BROKERS]) {
      const home = join(dir, String(id));
      await mkdir(home);
      const own =
        id === CONTROLLER
          ? `process.roles=controller\nlisteners=CONTROLLER://127.0.0.1:${controllerPort}\n`
          : `process.roles=broker\nlisteners=PLAINTEXT://127.0.0.1:${ports.get(id) ?? 0}\n` +
            `advertised.listeners=PLAINTEXT://127.0.0.1:${ports.get(id) ?? 0}\n`;
      const properties = join(home, 'server.properties');
      const voters = `controller.quorum.voters=${CONTROLLER}@127.0.0.1:${controllerPort}\n`;
      await writeFile(properties, `node.id=${id}\n${own}${voters}log.dirs=${join(home, 'log')}\n${COMMON}`);
      nodes.push({ id, properties, log: join(home, 'broker.log'), child: undefined });
    }
    const brokers = [...ports.values()].map((port) => `127.0.0.1:${port}`).join(',');
    const cluster = new Cluster({ dir, java, jars, brokers, nodes });
    const clusterId = newClusterId();
    await Promise.all(nodes.map((node) => cluster.#format(node, clusterId)));
    for (const node of nodes) cluster.#spawn(node);
    return cluster;
  }

  /** As a power cut does it. */
  kill(id: BrokerId): void {
    this.#node(id).child?.kill('SIGKILL');
  }

  freeze(id: BrokerId): void {
    this.#node(id).child?.kill('SIGSTOP');
  }

  thaw(id: BrokerId): void {
    this.#node(id).child?.kill('SIGCONT');
  }

  /** On the same directory, after its process has ended. */
  async restart(id: BrokerId): Promise<void> {
    const node = this.#node(id);
    while (node.child?.exitCode === null && node.child.signalCode === null) await sleep(50);
    this.#spawn(node);
  }

  async stop(): Promise<void> {
    for (const { child } of this.#nodes.values()) {
      child?.kill('SIGCONT');
      child?.kill('SIGKILL');
    }
    await rm(this.#dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #node(id: number): Node {
    const node = this.#nodes.get(id);
    if (!node) throw new Error(`there is no node ${id}`);
    return node;
  }

  #jvm(log: string): string[] {
    const options = ['-Xmx192m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Daffidavit.log.file=${log}`];
    const logging = new URL('../../../deploy/embedded/log4j2.xml', import.meta.url).pathname;
    return [...options, `-Dlog4j2.configurationFile=${logging}`, '-cp', join(this.#jars, '*')];
  }

  async #format({ log, properties }: Node, clusterId: string): Promise<void> {
    const args = [
      ...this.#jvm(`${log}.format`),
      'kafka.tools.StorageTool',
      'format',
      '-t',
      clusterId,
      '-c',
      properties,
    ];
    await promisify(execFile)(this.#java, args, { timeout: 60_000 });
  }

  #spawn(node: Node): void {
    const out = openSync(`${node.log}.out`, 'a');
    node.child = spawn(this.#java, [...this.#jvm(node.log), 'kafka.Kafka', node.properties], {
      stdio: ['ignore', out, out],
    });
  }
}
