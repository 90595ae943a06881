import { isScalar, scalarText } from '../json-value.ts';
import { type CompiledPath, compilePath } from './json-path.ts';
import { type Scope } from './scope.ts';

export type CompiledTemplate = (scope: Scope) => string | undefined;

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'path'; readonly path: CompiledPath };

/** A string with `{name}` or `{$.path}` in it is a template; `{{` and `}}` stand for the braces themselves. */
export function looksLikeTemplate(text: string): boolean {
  return /[{}]/.test(text);
}

/**
 * Compiles `"{set}/{$.task_id}/{$.trial}"`. The result is undefined when one of its parts is missing, null or not a
 * single plain value: half an id would be another run's id. Throws SyntaxError for the author of the mapping.
 */
export function compileTemplate(text: string, knownNames: readonly string[]): CompiledTemplate {
  const pieces = parse(text, knownNames);
  return (scope) => {
    let whole = '';
    for (const piece of pieces) {
      const part = pieceText(piece, scope);
      if (part === undefined) return undefined;
      whole += part;
    }
    return whole;
  };
}

function pieceText(piece: Piece, scope: Scope): string | undefined {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'name': {
      const value = scope.names.get(piece.name);
      return value === undefined ? undefined : String(value);
    }
    case 'path': {
      const values = piece.path.matches(scope);
      const only = values[0];
      return values.length === 1 && isScalar(only) ? scalarText(only) : undefined;
    }
  }
}

function parse(text: string, knownNames: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    if (two === '{{' || two === '}}') {
      plain += two.charAt(0);
      at += 2;
    } else if (text.charAt(at) === '{') {
      const end = closingBrace(text, at);
      if (plain !== '') pieces.push({ kind: 'text', text: plain });
      plain = '';
      pieces.push(compilePiece(text.slice(at + 1, end).trim(), text, knownNames));
      at = end + 1;
    } else if (text.charAt(at) === '}') {
      throw new SyntaxError(`"${text}" has a } without a {; write }} for the brace itself`);
    } else {
      plain += text.charAt(at);
      at += 1;
    }
  }
  if (plain !== '') pieces.push({ kind: 'text', text: plain });
  return pieces;
}

function compilePiece(inside: string, text: string, knownNames: readonly string[]): Piece {
  if (inside.startsWith('$')) return { kind: 'path', path: compilePath(inside) };
  if (knownNames.includes(inside)) return { kind: 'name', name: inside };
  throw new SyntaxError(
    `"${text}" uses {${inside}}, which is not known here; known: ${knownNames.map((name) => `{${name}}`).join(', ')} or a path ` +
      `such as {$.id}`,
  );
}

/** The } that ends the part, skipping quoted names inside a path. */
function closingBrace(text: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (char === '}') {
      return at;
    }
  }
  throw new SyntaxError(`"${text}" has a { without a }; write {{ for the brace itself`);
}
