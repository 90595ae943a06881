import { parcels, type Scenario, scenarios } from '@affidavit/scenarios';
import { type Delivery, deliver } from '../import/deliver.ts';
import { type ItemError } from '../import/post-events.ts';
import { UserError } from '../import/user-error.ts';

export interface StoryTeller extends Omit<Delivery, 'access'> {
  readonly url: string;
  /** By connector id. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Called when a story is acknowledged whole. */
  readonly onStory: (story: Scenario, events: number) => void;
}

export interface Told {
  readonly stories: number;
  readonly events: number;
  /** Known to be in the log already: readers see them once. */
  readonly duplicates: number;
}

/**
 * Sends every story through the collector's door, each event with its connector's credential, in the order of the story. Safe
 * to repeat: every id and every time is fixed. Throws UserError when the collector takes nothing or refuses an event.
 */
export async function tellStories({ url, tokens, onStory, ...rest }: StoryTeller, stories: readonly Scenario[] = scenarios): Promise<Told> {
  let events = 0;
  let duplicates = 0;
  for (const story of stories) {
    let told = 0;
    for (const parcel of parcels(story.events())) {
      const access = { url, token: tokens.get(parcel.connector.connector_id) ?? '' };
      const sent = await deliver({ ...rest, access }, parcel.events.map((event) => JSON.stringify(event)));
      const [refused] = sent.refused;
      if (refused) throw new UserError(refusal(story, parcel.events[refused.index]?.event_id ?? '', refused), 1);
      told += sent.accepted;
      duplicates += sent.duplicates;
    }
    events += told;
    onStory(story, told);
  }
  return { stories: stories.length, events, duplicates };
}

const refusal = (story: Scenario, event: string, { code, path, message }: ItemError): string =>
  `The collector refuses event ${event} of story ${story.id}: ${code}${path === undefined ? '' : ` at ${path}`}: ${message}`;
