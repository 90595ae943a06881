import type { DoorError } from './door-error.ts';

const CONTENT_TYPES: readonly (readonly [RegExp, string])[] = [
  [
    /^(JSON|JSONStrings|JSONCompact|JSONCompactStrings|JSONColumns|JSONColumnsWithMetadata|JSONObjectEachRow)$/,
    'application/json; charset=UTF-8',
  ],
  [/^JSON\w*EachRow\w*$/, 'application/x-ndjson; charset=UTF-8'],
  [/^CSVWithNames\w*$/, 'text/csv; charset=UTF-8; header=present'],
  [/^CSV/, 'text/csv; charset=UTF-8; header=absent'],
  [/^(TabSeparated|TSV)\w*$/, 'text/tab-separated-values; charset=UTF-8'],
  [/^XML$/, 'application/xml; charset=UTF-8'],
  [/^(Pretty\w*|Vertical|Values|Markdown|SQLInsert|LineAsString|Template)$/, 'text/plain; charset=UTF-8'],
];

export function contentType(format: string): string {
  return CONTENT_TYPES.find(([pattern]) => pattern.test(format))?.[1] ?? 'application/octet-stream';
}

/** ClickHouse's own table (HTTPHandler), plus 403 for what a reader may not do. */
const STATUS: readonly (readonly [number, readonly number[]])[] = [
  [401, [194]],
  [403, [164, 192, 193, 291, 497, 512, 516]],
  [400, [6, 15, 25, 26, 27, 36, 38, 41, 42, 43, 44, 53, 62, 70, 72, 117, 130, 131, 167, 168, 184, 223, 427, 456]],
  [404, [46, 47, 50, 56, 60, 63, 73, 81, 115]],
  [408, [159]],
  [413, [229]],
  [501, [48, 344]],
  [503, [202, 209, 210, 439]],
];

export function statusOf(code: number): number {
  return STATUS.find(([, codes]) => codes.includes(code))?.[0] ?? 500;
}

/** As errors name it: the engine's, by major and minor. */
export const ENGINE_VERSION = '26.7';

export function errorBody(error: DoorError): string {
  return `Code: ${error.code}. DB::Exception: ${error.message} (${error.type}) (version ${ENGINE_VERSION} (chdb))\n`;
}

/** The format that a statement names at its end, for the answer's headers only. */
export function namedFormat(sql: string): string | undefined {
  return /\bFORMAT\s+([A-Za-z0-9_]+)\s*(?:SETTINGS\s[^;]*)?;?\s*$/i.exec(sql)?.[1];
}
