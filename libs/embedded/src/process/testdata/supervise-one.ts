import { startListeningChild } from '../spawn-child.ts';

/** Starts the script in its first argument, prints the child's pid and stays. */
const child = await startListeningChild({
  name: 'child',
  command: process.execPath,
  args: [process.argv[2] ?? ''],
  logFile: process.argv[3] ?? '',
});
console.log(JSON.stringify({ msg: 'child', pid: child.pid }));
setInterval(() => undefined, 1_000);
