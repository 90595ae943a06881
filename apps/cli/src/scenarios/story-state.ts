import { readJsonFile, writeJsonFile } from '../up/private-file.ts';

/**
 * scenarios.json in the data directory, for its owner's eyes: whether the stories are told here, and the tokens of
 * their connectors.
 */
export interface StoryState {
  /** Decided at the first start, once. */
  readonly wanted: boolean;
  readonly loaded_at?: string;
  readonly events?: number;
  /** By connector id. */
  readonly tokens?: Readonly<Record<string, string>>;
}

export const readStoryState = (file: string): Promise<StoryState | undefined> => readJsonFile<StoryState>(file);

export async function changeStoryState(file: string, change: Partial<StoryState>): Promise<StoryState> {
  const state = { wanted: false, ...(await readStoryState(file)), ...change };
  await writeJsonFile(file, state);
  return state;
}
