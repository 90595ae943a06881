import { type CompiledMapping } from '../compile/compile-mapping.ts';
import { type JsonValue } from '../json-value.ts';
import { parseJson } from '../parse-json.ts';

/** A transcript file is one JSON value, or NDJSON: one value a line, read as the list of them. Throws SyntaxError. */
export function readDocument(text: string): JsonValue {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return parseJson(body);
  } catch (error) {
    const lines = body.split('\n').map((line) => line.trim());
    if (lines.filter((line) => line !== '').length < 2) throw error;
    return readLines(lines, error as SyntaxError);
  }
}

function readLines(lines: readonly string[], whole: SyntaxError): JsonValue {
  const values: JsonValue[] = [];
  lines.forEach((line, index) => {
    if (line === '') return;
    try {
      values.push(parseJson(line));
    } catch {
      // When already the first line is no value, the file was meant to be one JSON text.
      throw values.length === 0 ? whole : new SyntaxError(`line ${String(index + 1)} is not JSON`);
    }
  });
  return values;
}

/** The records of a document, in its order. Not bounded by the limit of matches: a file may hold any number of runs. */
export function recordsOf(mapping: CompiledMapping, document: JsonValue): readonly JsonValue[] {
  return mapping.records.within(document);
}
