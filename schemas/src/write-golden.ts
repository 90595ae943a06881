// `npm run golden`: adds golden bytes for schemas that have none yet. It never touches a file that is there.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import avro from 'avsc';
import { filledValue } from './filled-record.ts';

const root = new URL('../', import.meta.url);
for (const name of ['AuditEvent', 'ContentRecord', 'DeadLetter']) {
  const schema = JSON.parse(readFileSync(new URL(`avro/${name}.avsc`, root), 'utf8')) as avro.Schema;
  const versions = readdirSync(new URL('golden/', root)).filter((file) => file.startsWith(`${name}.`));
  const known = versions.some(
    (file) =>
      JSON.stringify(
        (JSON.parse(readFileSync(new URL(`golden/${file}`, root), 'utf8')) as { schema: unknown }).schema,
      ) === JSON.stringify(schema),
  );
  if (known) continue;
  const type = avro.Type.forSchema(schema, { wrapUnions: false });
  const record: unknown = filledValue(schema);
  const file = new URL(`golden/${name}.v${versions.length + 1}.json`, root);
  if (existsSync(file)) throw new Error(`${file.pathname} is there: golden bytes are never rewritten`);
  writeFileSync(
    file,
    `${JSON.stringify({ schema, base64: type.toBuffer(record).toString('base64'), record }, null, 1)}\n`,
  );
  console.log(`${name}.v${versions.length + 1}.json written`);
}
