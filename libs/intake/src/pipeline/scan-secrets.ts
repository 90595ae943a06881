import { pointer, refusal, type Refusal } from '../refusal.ts';
import { type SecretFinding } from '../ports.ts';
import { type Body, type Draft, type MaskedSpan } from './draft.ts';
import { isJsonText } from './json-members.ts';
import { maskSecrets } from './mask-secrets.ts';
import { type ByteTools, type IntakePorts } from './ports.ts';
import { looksOf, SHORTEST_SECRET } from './secret-looks.ts';
import { type Step, type StepOutcome } from './step.ts';

const BODY_MEMBERS: ReadonlySet<string> = new Set(['text', 'json', 'data_base64']);

/** Collects every text of a request for one scan, and hands the findings back to where the texts came from. */
class Haystack {
  readonly #texts: string[] = [];
  #findings: readonly (readonly SecretFinding[])[] = [];

  add(text: string): number {
    if (text.length < SHORTEST_SECRET) return -1;
    return this.#texts.push(text) - 1;
  }

  async scan(ports: IntakePorts): Promise<void> {
    this.#findings = this.#texts.length === 0 ? [] : await ports.scanner.scan(this.#texts);
  }

  at(ticket: number): readonly SecretFinding[] {
    return this.#findings[ticket] ?? [];
  }
}

interface Place {
  readonly tickets: readonly number[];
  readonly path: string;
}

interface BodyPlace {
  readonly body: Body;
  readonly text: string;
  readonly index: number;
  readonly tickets: readonly number[];
}

/** Everything but bodies of content: ids, codes, names, labels, and the keys of `details`. */
function identifiersOf(value: unknown, path: string, haystack: Haystack, places: Place[]): void {
  if (typeof value === 'string') {
    places.push({ tickets: looksOf(value).map(({ text }) => haystack.add(text)), path });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) identifiersOf(item, `${path}/${index}`, haystack, places);
  } else if (typeof value === 'object' && value !== null) {
    const isContent = /^\/content\/\d+$/.test(path);
    for (const [key, item] of Object.entries(value)) {
      if (isContent && BODY_MEMBERS.has(key)) continue;
      if (path === '/details') places.push({ tickets: [haystack.add(key)], path });
      identifiersOf(item, path + pointer(key), haystack, places);
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
    identifiersOf(draft.input, '', haystack, this.#identifiers);
    this.#bodies = draft.beside.bodies.flatMap((body, index) => {
      const text = body && textOf(body, bytes);
      return body === null || text === null
        ? []
        : [{ body, text, index, tickets: looksOf(text).map((look) => haystack.add(look.text)) }];
    });
  }

  outcome(haystack: Haystack, bytes: ByteTools): StepOutcome {
    const bad = this.#identifiers.find(({ tickets }) => tickets.some((ticket) => haystack.at(ticket).length > 0));
    if (bad) return { status: 'refused', refusal: this.#refusal(bad) };
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

  #refusal(place: Place): Refusal {
    return refusal('secret_in_identifier', place.path);
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
