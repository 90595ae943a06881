import { connectorOf, type ScenarioConnector } from './connectors.ts';
import { type StoryEvent } from './scene.ts';
import { t01 } from './stories/t01-price-question.ts';
import { t02 } from './stories/t02-payment-plan.ts';
import { t03 } from './stories/t03-contract-on-mobile.ts';
import { t04 } from './stories/t04-three-models.ts';
import { t05 } from './stories/t05-flagged-prompt.ts';
import { t06 } from './stories/t06-wrong-branch.ts';
import { t07 } from './stories/t07-blocked-model.ts';
import { t08 } from './stories/t08-provider-switch.ts';

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** In time order. A pure function: the same events every time. */
  readonly events: () => readonly StoryEvent[];
}

/** RFC 3339 in UTC with a varying number of decimals: as numbers, since `…27Z` sorts behind `…27.5Z` as text. */
const micros = ({ occurred_at }: StoryEvent): number => Date.parse(occurred_at);
const inOrder = (tell: () => readonly StoryEvent[]) => (): readonly StoryEvent[] =>
  [...tell()].sort((one, other) => micros(one) - micros(other));

export const scenarios: readonly Scenario[] = [
  { id: 'T01', title: 'an agent answers a price question: Salesforce, SAP, mail, a case note', events: inOrder(t01) },
  { id: 'T02', title: 'a payment plan: CRM, credit bureau, SAP workflow, an approval', events: inOrder(t02) },
  { id: 'T03', title: 'a lawyer reviews a contract on her phone', events: inOrder(t03) },
  { id: 'T04', title: 'a researcher compares three models and picks one', events: inOrder(t04) },
  { id: 'T05', title: 'a prompt with sensitive terms is flagged and reviewed', events: inOrder(t05) },
  { id: 'T06', title: 'a payment took the wrong branch, and then the right one', events: inOrder(t06) },
  { id: 'T07', title: 'a user is blocked from a model', events: inOrder(t07) },
  { id: 'T08', title: "a team switches from a vendor's model to its own", events: inOrder(t08) },
];

/** What is sent in one request: one connector's, so one credential's. */
export interface Parcel {
  readonly connector: ScenarioConnector;
  readonly events: readonly StoryEvent[];
}

/** In the order in which a collector would get them: as they happened, but what is reported late comes last. */
export function parcels(events: readonly StoryEvent[]): readonly Parcel[] {
  const late = (event: StoryEvent): boolean => event.time_basis === 'source';
  const found: { readonly connector: ScenarioConnector; readonly events: StoryEvent[] }[] = [];
  for (const event of [...events.filter((one) => !late(one)), ...events.filter(late)]) {
    const connector = connectorOf(event.source.system);
    const last = found.at(-1);
    if (last?.connector === connector) last.events.push(event);
    else found.push({ connector, events: [event] });
  }
  return found;
}
