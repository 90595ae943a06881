import { createHash } from 'node:crypto';
import { shown } from '../page/renderer.ts';
import { headerLines } from './format-csv.ts';
import { type Cell, type Report } from './report.ts';

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1b1f24;background:#fff}h1{font-size:1.5rem;margin:0 0 .25rem}p{margin:.25rem 0 1rem;color:#57606a}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0 0 1.5rem}dt{color:#57606a}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;font-size:13px}th,td{border:1px solid #d0d7de;padding:.3rem .5rem;text-align:left;vertical-align:top}th{background:#f6f8fa;position:sticky;top:0}td.n{text-align:right;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}@media print{body{margin:0}th{position:static}}`;

/**
 * The file brings its own style, so that it looks the same on a disk; the policy lets this one style in and nothing
 * else.
 */
export const htmlPolicy =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; ` +
  `frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

const numeric = (type: string): boolean => /^(Nullable\()?(U?Int|Float|Decimal)/.test(type);
const cellText = (cell: Cell): string =>
  cell === null
    ? ''
    : Array.isArray(cell)
      ? cell.map((one) => `<bdi>${shown(one)}</bdi>`).join('<br>')
      : `<bdi>${shown(cell)}</bdi>`;

export function reportHtml({ header, table }: Report): string {
  const { title, meaning, ...rest } = header;
  const facts = headerLines(rest as Report['header']).map(
    ([name, value]) => `<dt>${shown(name.replaceAll('_', ' '))}</dt><dd>${shown(value)}</dd>`,
  );
  const head = table.columns.map(({ name }) => `<th scope="col">${shown(name.replaceAll('_', ' '))}</th>`).join('');
  const rows = table.rows.map(
    (row) =>
      `<tr>${row.map((cell, index) => `<td${numeric(table.columns[index]?.type ?? '') ? ' class="n"' : ''}>${cellText(cell)}</td>`).join('')}</tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${shown(title)}</title><style>${style}</style></head>
<body><h1>${shown(title)}</h1><p>${shown(meaning)}</p>
<dl>${facts.join('')}</dl>
<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>${table.rows.length === 0 ? '<p>No rows.</p>' : ''}
</body></html>
`;
}
