import { type DesiredLink, type Finding } from './rule.ts';

const RULE = 'effect_confirmation/1';
/**
 * A system of record's own event and the agent's are at most this far apart when nothing but object and technical user
 * joins them.
 */
export const NEAR_US = 120_000_000;

/** An effect as the agent's side reports it, or its confirmation by the system of record. */
export interface EffectFacts {
  readonly tenant_id: string;
  /** What the event is known by: its connector and its id. */
  readonly event_key: string;
  readonly confirmation: boolean;
  readonly occurred_at: number;
  readonly effect_id: string;
  readonly system: string;
  readonly objects: readonly string[];
  readonly executed_as: string;
  readonly idempotency_key: string;
  readonly transaction_key: string;
  readonly document_no: string;
}

/** Two systems may number their documents alike, and a key is only as unique as the system that gave it. */
const sameSystem = (a: EffectFacts, b: EffectFacts): boolean =>
  a.system !== '' && a.system.toLowerCase() === b.system.toLowerCase();
const shares = (a: string, b: string): boolean => a !== '' && a === b;

const byKey = (effect: EffectFacts, confirmation: EffectFacts): boolean =>
  shares(effect.idempotency_key, confirmation.idempotency_key) ||
  (sameSystem(effect, confirmation) &&
    (shares(effect.transaction_key, confirmation.transaction_key) ||
      shares(effect.document_no, confirmation.document_no)));

const byPlace = (effect: EffectFacts, confirmation: EffectFacts): boolean =>
  shares(effect.executed_as, confirmation.executed_as) &&
  Math.abs(effect.occurred_at - confirmation.occurred_at) <= NEAR_US &&
  effect.objects.some((object) => confirmation.objects.includes(object));

/** What was read around the events that a round is about. */
export interface Neighbourhood {
  readonly facts: readonly EffectFacts[];
  /**
   * Ids of those whose every possible partner is among the facts. The others lie at the rim: what they seem to lack may
   * only not be loaded.
   */
  readonly whole: ReadonlySet<string>;
}

/** A link, none, or not to be known from what was read. */
type Match = Finding['link'] | 'unknown';

/**
 * Of each confirmation the one effect that it confirms: by a key that both carry, else by object, technical user and
 * time. Where two fit, none is taken: a wrong match would be worse than none. One that names its effect itself needs no
 * link. Nothing is found, and so nothing taken back, of a confirmation that more facts could decide otherwise.
 */
export function confirmations({ facts, whole }: Neighbourhood): readonly Finding[] {
  const effects = facts.filter(({ confirmation }) => !confirmation);
  const confirming = facts.filter(({ confirmation }) => confirmation);
  const names = (one: EffectFacts): boolean => effects.some(({ effect_id }) => shares(effect_id, one.effect_id));
  const open = confirming.filter((one) => !names(one));
  const keyed = new Map(open.map((one) => [one.event_key, effects.filter((effect) => byKey(effect, one))]));
  const unkeyed = open.filter(({ event_key }) => keyed.get(event_key)?.length === 0);
  return confirming
    .filter(({ event_key }) => whole.has(event_key))
    .flatMap((one) => {
      const match = names(one) ? null : matchOf(one, keyed.get(one.event_key) ?? [], effects, unkeyed, whole);
      return match === 'unknown'
        ? []
        : [{ tenant_id: one.tenant_id, rule_id: RULE, subject: { kind: 'event', id: one.event_key }, link: match }];
    });
}

function matchOf(
  one: EffectFacts,
  keyed: readonly EffectFacts[],
  effects: readonly EffectFacts[],
  unkeyed: readonly EffectFacts[],
  whole: ReadonlySet<string>,
): Match {
  if (keyed.length > 0) return keyed.length === 1 ? link(keyed[0] as EffectFacts, one, 0.95) : null;
  const near = effects.filter((effect) => byPlace(effect, one));
  const [only] = near;
  if (only === undefined || near.length > 1) return null;
  // Two confirmations near one effect: either may be of an effect that nobody reported.
  const others = unkeyed.filter((other) => other.event_key !== one.event_key && byPlace(only, other));
  if (others.some(({ event_key }) => whole.has(event_key))) return null;
  // One at the rim may have a key that an unread effect carries, and an effect at the rim may have further ones.
  return others.length > 0 || !whole.has(only.event_key) ? 'unknown' : link(only, one, 0.7);
}

const link = (effect: EffectFacts, confirmation: EffectFacts, confidence: number): DesiredLink => ({
  kind: 'effect_confirmation',
  from: { kind: 'event', id: effect.event_key },
  to: { kind: 'event', id: confirmation.event_key },
  confidence,
});
