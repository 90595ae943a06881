import { type Api } from './api.ts';
import { affidavit, eventually } from './stack.ts';

const PERIOD = { from: '2026-02-01T00:00:00Z', to: '2026-04-01T00:00:00Z' } as const;

/** Tells the example stories, as `affidavit scenarios` does, and waits until readers see the last of each. */
export async function tellScenarios(api: Api): Promise<void> {
  const ran = await affidavit(['scenarios']);
  if (ran.code !== 0) throw new Error(`telling the stories ended with ${ran.code}:\n${ran.output}`);
  const told = Number(/Told \d+ stories: (\d+) events/.exec(ran.output)?.[1] ?? 0);
  const seen = async (): Promise<true | undefined> => {
    const { data } = await api.search({ ...PERIOD, limit: 1_000 });
    return data.filter(({ event_id }) => /^t0\d\./.test(event_id)).length >= told && told > 0 ? true : undefined;
  };
  await eventually(seen, `${told} events of the stories are projected`, 120);
}
