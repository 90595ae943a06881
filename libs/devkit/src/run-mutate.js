// `npm run mutate`: mutation testing of the pure libraries, one after the other; `npm run mutate -- libs/intake` of one. Not part
// of `npm test`: it takes a quarter of an hour and more a room. Ends with 1 when a room is below 80 %.
import './ensure-installed.js';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PURE = ['libs/audit-model', 'libs/intake', 'libs/mapping', 'libs/scenarios'];
const root = fileURLToPath(new URL('../../..', import.meta.url));
const wanted = process.argv.slice(2);
const rooms = wanted.length > 0 ? wanted.map((room) => (room.includes('/') ? room : `libs/${room}`)) : PURE;

const results = rooms.map((room) => {
  console.log(`\n── ${room} ──`);
  const { status } = spawnSync(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATE_ROOM: room },
  });
  return { room, held: status === 0 };
});
console.log(
  `\n${results.map(({ room, held }) => `${room.padEnd(20)} ${held ? 'at least 80 %' : 'BELOW 80 %, or it did not run'}`).join('\n')}`,
);
process.exit(results.every(({ held }) => held) ? 0 : 1);
