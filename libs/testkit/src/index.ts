export { startEngines } from './start-engines.ts';
export { type RunningStack, type StackOptions, startStack } from './start-stack.ts';
