import { pointer, refusal } from '../refusal.ts';
import { type SecretFinding } from '../ports.ts';
import { type Body, type Draft, type MaskedSpan } from './draft.ts';
import { isJsonText } from './json-members.ts';
import { maskSecrets } from './mask-secrets.ts';
import { type ByteTools, type IntakePorts } from './ports.ts';
import { SHORTEST_SECRET, textsOf } from './secret-looks.ts';
import { type Step, type StepOutcome } from './step.ts';

const BODY_MEMBERS: ReadonlySet<string> = new Set(['text', 'json', 'data_base64']);

/** Collects every text of a request for one scan, and hands the findings back to where the texts came from. */
class Haystack {
  readonly #texts: string[] = [];
  #findings: readonly (readonly SecretFinding[])[] = [];
  #foundAny = false;

  add(text: string): number {
    if (text.length < SHORTEST_SECRET) return -1;
    return this.#texts.push(text) - 1;
  }

  /** The ticket of the next text. */
  get next(): number {
    return this.#texts.length;
  }

  async scan(ports: IntakePorts): Promise<void> {
    this.#findings = this.#texts.length === 0 ? [] : await ports.scanner.scan(this.#texts);
    this.#foundAny = this.#findings.some((findings) => findings.length > 0);
  }

  get foundAny(): boolean {
    return this.#foundAny;
  }

  at(ticket: number): readonly SecretFinding[] {
    return this.#findings[ticket] ?? [];
  }

  foundIn({ from, to }: Tickets): boolean {
    for (let ticket = from; ticket < to; ticket += 1) if (this.at(ticket).length > 0) return true;
    return false;
  }
}

/** End exclusive. */
interface Tickets {
  readonly from: number;
  readonly to: number;
}

/** Where in the item a string stands: put together as text only where something is found. */
interface Path {
  readonly up: Path | null;
  readonly step: string | number;
}

interface Place extends Tickets {
  readonly path: Path | null;
}

const pathText = (path: Path | null): string => (path === null ? '' : pathText(path.up) + pointer(path.step));

interface BodyPlace {
  readonly body: Body;
  readonly text: string;
  readonly index: number;
  readonly tickets: readonly number[];
}

function note(texts: readonly string[], path: Path | null, haystack: Haystack, places: Place[]): void {
  const from = haystack.next;
  for (const text of texts) haystack.add(text);
  if (haystack.next > from) places.push({ from, to: haystack.next, path });
}

const isElementOf = (path: Path | null, list: string): boolean =>
  typeof path?.step === 'number' && path.up?.step === list && path.up.up === null;

/** Everything but bodies of content: ids, codes, names, labels, and the keys of `details`. */
function identifiersOf(value: unknown, path: Path | null, haystack: Haystack, places: Place[]): void {
  if (typeof value === 'string') {
    note(textsOf(value), path, haystack, places);
  } else if (Array.isArray(value)) {
    for (let step = 0; step < value.length; step += 1) identifiersOf(value[step], { up: path, step }, haystack, places);
  } else if (typeof value === 'object' && value !== null) {
    const isContent = isElementOf(path, 'content');
    const isDetails = path?.step === 'details' && path.up === null;
    for (const [step, item] of Object.entries(value)) {
      if (isContent && BODY_MEMBERS.has(step)) continue;
      if (isDetails) note([step], path, haystack, places);
      identifiersOf(item, { up: path, step }, haystack, places);
    }
  }
}

/** Null for bytes that are no text (images, archives): they are not looked into (README.md, limits). */
function textOf(body: Body, bytes: ByteTools): string | null {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'bytes':
      return bytes.text(body.bytes);
    case 'json':
      return JSON.stringify(body.json);
  }
}

function withText({ kind }: Body, text: string, bytes: ByteTools): Body {
  if (kind === 'bytes') return { kind, bytes: bytes.utf8(text) };
  return kind === 'json' && isJsonText(text) ? { kind, json: JSON.parse(text) as unknown } : { kind: 'text', text };
}

function spansOf(index: number, rules: readonly string[]): MaskedSpan[] {
  const counts = new Map<string, number>();
  for (const rule_id of rules) counts.set(rule_id, (counts.get(rule_id) ?? 0) + 1);
  // No path into the body: its keys are content.
  return [...counts].map(([category, count]) => ({ path: `/content/${index}`, category, count }));
}

class Scanned {
  readonly draft: Draft;
  readonly #identifiers: Place[] = [];
  readonly #bodies: BodyPlace[];

  constructor(draft: Draft, haystack: Haystack, bytes: ByteTools) {
    this.draft = draft;
    identifiersOf(draft.input, null, haystack, this.#identifiers);
    this.#bodies = draft.beside.bodies.flatMap((body, index) => {
      const text = body && textOf(body, bytes);
      return body === null || text === null
        ? []
        : [{ body, text, index, tickets: textsOf(text).map((one) => haystack.add(one)) }];
    });
  }

  outcome(haystack: Haystack, bytes: ByteTools): StepOutcome {
    if (!haystack.foundAny) return { status: 'passed', draft: this.draft };
    const bad = this.#identifiers.find((place) => haystack.foundIn(place));
    if (bad) return { status: 'refused', refusal: refusal('secret_in_identifier', pathText(bad.path)) };
    const bodies = [...this.draft.beside.bodies];
    const content = [...this.draft.record.content];
    const spans: MaskedSpan[] = [];
    for (const { body, text, index, tickets } of this.#bodies) {
      const found = tickets.map((ticket) => haystack.at(ticket));
      if (found.every((findings) => findings.length === 0)) continue;
      const masked = maskSecrets(text, found);
      bodies[index] = withText(body, masked.text, bytes);
      const ref = content[index];
      if (ref)
        content[index] = {
          ...ref,
          capture: ref.capture === 'metadata' || ref.capture === 'none' ? ref.capture : 'masked',
          transform: ref.transform || 'mask',
        };
      spans.push(...spansOf(index, masked.rules));
    }
    if (spans.length === 0) return { status: 'passed', draft: this.draft };
    return {
      status: 'passed',
      draft: {
        ...this.draft,
        masked: spans,
        record: { ...this.draft.record, content },
        beside: { ...this.draft.beside, bodies },
      },
    };
  }
}

/** One scan over every string of the request. An id with a secret is refused, for masking would make it another id. */
export const scanSecrets: Step = {
  name: 'scan secrets',
  async run(drafts, ports) {
    const haystack = new Haystack();
    const scanned = drafts.map((draft) => new Scanned(draft, haystack, ports.bytes));
    await haystack.scan(ports);
    return scanned.map((one) => one.outcome(haystack, ports.bytes));
  },
};
