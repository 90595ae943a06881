// `npm run bench -- PART [OPTIONS]`: measures one part of the product beside a peer in the same run, in interleaved
// rounds, and prints a table with medians and what limits it. Without a part it says which there are.
import { collector } from './collector/bench.ts';
import { projector } from './projector/bench.ts';
import { type BenchPart } from './rounds.ts';

const parts: Readonly<Record<string, BenchPart>> = { collector, projector };

const [name = '', ...options] = process.argv.slice(2);
const part = parts[name];
if (!part) {
  console.error(
    `npm run bench -- PART [OPTIONS]\n\n${Object.entries(parts)
      .map(([one, { usage }]) => `  ${one.padEnd(10)} ${usage}`)
      .join('\n')}`,
  );
  process.exit(2);
}
await part.run(options);
process.exit(0);
