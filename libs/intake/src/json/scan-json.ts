import { pointer, refusal, type ItemErrorCode, type Refusal } from '../refusal.ts';
import { isExact } from './number-literal.ts';

/** Keys that reach an object's prototype in careless readers. A peer product had a remote code execution that way. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Node 20 has it; the ES2023 type library does not.
const isWellFormed = (text: string): boolean => (text as unknown as { isWellFormed(): boolean }).isWellFormed();
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

interface Frame {
  readonly isArray: boolean;
  /** Keys of the object so far; null for an array. */
  readonly keys: Set<string> | null;
  /** Where we are in it: the current key, or the index of the current element. */
  key: string;
  index: number;
  expectsKey: boolean;
}

/**
 * Finds what JSON.parse forgives: one key twice, numbers that a double rounds, forbidden keys, half characters, and
 * nesting. The text MUST have passed JSON.parse: this walks tokens and trusts the grammar. Answers the first defect of
 * each item: an item is an element of the outermost array, or the whole text when that is no array. Linear in the text:
 * after an item's first defect the rest of the item is only walked, so that neither its depth nor its defects cost more
 * than their characters.
 */
export function scanJson(text: string, maxNesting: number): ReadonlyMap<number, Refusal> {
  return new Scanner(text, maxNesting).run();
}

class Scanner {
  readonly #text: string;
  readonly #maxNesting: number;
  readonly #stack: Frame[] = [];
  readonly #found = new Map<number, Refusal>();
  readonly #outerArray: boolean;
  /** The item that we are in, and whether its defect is known already. */
  #item = 0;
  #refused = false;
  #at = 0;

  constructor(text: string, maxNesting: number) {
    this.#text = text;
    this.#maxNesting = maxNesting;
    this.#outerArray = /^[\s\uFEFF]*\[/.test(text);
  }

  run(): ReadonlyMap<number, Refusal> {
    const text = this.#text;
    while (this.#at < text.length) {
      switch (text[this.#at]) {
        case '{':
        case '[':
          this.#open(text[this.#at] === '[');
          break;
        case '}':
        case ']':
          this.#stack.pop();
          this.#at += 1;
          break;
        case ',':
          this.#next();
          break;
        case ':':
          (this.#stack.at(-1) as Frame).expectsKey = false;
          this.#at += 1;
          break;
        case '"':
          this.#string();
          break;
        case '-':
        case '0':
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9':
          this.#number();
          break;
        default:
          // White space, or a letter of true, false, null.
          this.#at += 1;
      }
    }
    return this.#found;
  }

  #open(isArray: boolean): void {
    this.#stack.push({
      isArray,
      keys: isArray || this.#refused ? null : new Set(),
      key: '',
      index: 0,
      expectsKey: !isArray,
    });
    this.#at += 1;
    if (this.#refused) return;
    const depth = this.#stack.length - (this.#outerArray ? 1 : 0);
    // Without its own place: a path through more levels than the limit helps nobody.
    if (depth > this.#maxNesting) this.#report('nesting_too_deep', '');
  }

  #next(): void {
    const frame = this.#stack.at(-1) as Frame;
    if (frame.isArray) frame.index += 1;
    else frame.expectsKey = true;
    this.#at += 1;
    if (this.#outerArray && this.#stack.length === 1) {
      this.#item = frame.index;
      this.#refused = false;
    }
  }

  #string(): void {
    const start = this.#at;
    const text = this.#text;
    let end = start + 1;
    let escaped = false;
    for (; text.charCodeAt(end) !== QUOTE; end += 1) {
      if (text.charCodeAt(end) !== BACKSLASH) continue;
      escaped = true;
      end += 1;
    }
    this.#at = end + 1;
    if (this.#refused) return;
    const raw = text.slice(start + 1, end);
    const value = escaped ? (JSON.parse(text.slice(start, end + 1)) as string) : raw;
    const frame = this.#stack.at(-1);
    if (frame?.expectsKey) this.#key(frame, value);
    else if (!isWellFormed(value)) this.#report('json_lone_surrogate');
  }

  #key(frame: Frame, key: string): void {
    frame.key = key;
    if (!isWellFormed(key)) return this.#report('json_lone_surrogate', this.#path(-1));
    if (FORBIDDEN_KEYS.has(key)) return this.#report('json_forbidden_key');
    if (frame.keys?.has(key)) return this.#report('json_duplicate_key');
    frame.keys?.add(key);
  }

  #number(): void {
    NUMBER.lastIndex = this.#at;
    const literal = NUMBER.exec(this.#text)?.[0] ?? '-';
    this.#at += literal.length;
    if (!this.#refused && !isExact(literal)) this.#report('json_number_inexact');
  }

  #report(code: ItemErrorCode, path = this.#path()): void {
    this.#refused = true;
    this.#found.set(this.#item, refusal(code, path));
  }

  /**
   * From the item on; `upTo` as in Array.slice leaves off the innermost step. An item is refused before it is deeper
   * than the limit.
   */
  #path(upTo?: number): string {
    const steps = this.#stack.slice(this.#outerArray ? 1 : 0, upTo);
    return pointer(...steps.map((frame) => (frame.isArray ? frame.index : frame.key)));
  }
}
