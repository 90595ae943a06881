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

/** A first start waits for this, and most of it is waiting for acknowledgements. */
const AT_ONCE = 4;

/**
 * Sends every story through the collector's door, each event with its connector's credential, each story in its order,
 * some stories at once. Safe to repeat: every id and every time is fixed. Throws UserError when the collector takes
 * nothing or refuses an event.
 */
export async function tellStories(teller: StoryTeller, stories: readonly Scenario[] = scenarios): Promise<Told> {
  const waiting = [...stories];
  let events = 0;
  let duplicates = 0;
  const narrator = async (): Promise<void> => {
    for (let story = waiting.shift(); story; story = waiting.shift()) {
      const told = await tellStory(teller, story);
      events += told.accepted;
      duplicates += told.duplicates;
      teller.onStory(story, told.accepted);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, narrator));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return { stories: stories.length, events, duplicates };
}

async function tellStory(
  { url, tokens, onStory: _, ...rest }: StoryTeller,
  story: Scenario,
): Promise<{ readonly accepted: number; readonly duplicates: number }> {
  let accepted = 0;
  let duplicates = 0;
  for (const parcel of parcels(story.events())) {
    const access = { url, token: tokens.get(parcel.connector.connector_id) ?? '' };
    const sent = await deliver(
      { ...rest, access },
      parcel.events.map((event) => JSON.stringify(event)),
    );
    const [refused] = sent.refused;
    if (refused) throw new UserError(refusal(story, parcel.events[refused.index]?.event_id ?? '', refused), 1);
    accepted += sent.accepted;
    duplicates += sent.duplicates;
  }
  return { accepted, duplicates };
}

const refusal = (story: Scenario, event: string, { code, path, message }: ItemError): string =>
  `The collector refuses event ${event} of story ${story.id}: ${code}${path === undefined ? '' : ` at ${path}`}: ${message}`;
