export { EmbeddedError, type EmbeddedErrorCode } from './process/embedded-error.ts';
export { takeLock, type LockOptions } from './process/directory-lock.ts';
export { claimPort } from './process/free-port.ts';
export { nodeMain } from './process/node-main.ts';
export {
  startChild,
  startListeningChild,
  type ChildExit,
  type ChildHandle,
  type ChildSpec,
  type ListeningChild,
} from './process/spawn-child.ts';
export { brokerJars } from './broker/jars.ts';
export { findJava } from './broker/java.ts';
export { newClusterId } from './broker/cluster-id.ts';
export { startBroker, type Broker, type BrokerOptions } from './broker/start-broker.ts';
export {
  startClickHouseDoor,
  type ClickHouseDoor,
  type ClickHouseDoorOptions,
  type DoorUserOptions,
} from './clickhouse-door/start-clickhouse-door.ts';
export { startRegistry, type RegistryOptions, type RunningRegistry } from './registry/start-registry.ts';
