/** RFC 4180 as a spreadsheet reads it, by code of its own: each row as an object under the names of the first line. */
export function readCsv(text: string): Record<string, string>[] {
  const lines: string[][] = [[]];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const cell = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
    cell.lastIndex = at;
    const found = cell.exec(text);
    lines.at(-1)?.push(found?.[1]?.replaceAll('""', '"') ?? found?.[0] ?? '');
    at = cell.lastIndex;
    if (text.startsWith('\r\n', at)) {
      at += 2;
      if (at < text.length) lines.push([]);
    } else if (text[at] === ',') at += 1;
    else if (at < text.length)
      throw new Error(`CSV breaks off at character ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
  }
  const [names = [], ...rows] = lines;
  return rows.map((cells, row) => {
    if (cells.length !== names.length)
      throw new Error(`row ${row + 1} has ${cells.length} cells, the header ${names.length}`);
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}
