import { type LaneName, laneId } from '../../runs/lanes.ts';

/** A lane as pages show it: a word, and a colour that stays the same within one page. */
export interface LaneLook {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  /** Class of the style sheet. Colour never stands alone: the label is always beside it. */
  readonly look: string;
}

const kinds: Readonly<Record<LaneName['kind'], string>> = {
  people: 'People',
  agent: 'Agent',
  model: 'Model',
  control: 'Controls',
  system: 'System',
};
const SYSTEM_LOOKS = 6;

/** Gives each lane its look; systems take theirs in the order in which they first appear. */
export class LaneLooks {
  readonly #known = new Map<string, LaneLook>();
  #systems = 0;

  of(lane: LaneName): LaneLook {
    const id = laneId(lane);
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const look = lane.kind === 'system' ? `lane-system-${(this.#systems++ % SYSTEM_LOOKS) + 1}` : `lane-${lane.kind}`;
    const made: LaneLook = {
      id,
      label: lane.name === '' ? kinds[lane.kind] : lane.name,
      kind: lane.name === '' ? '' : kinds[lane.kind].toLowerCase(),
      look,
    };
    this.#known.set(id, made);
    return made;
  }

  byId(id: string | null): LaneLook | null {
    return id === null ? null : (this.#known.get(id) ?? null);
  }

  get all(): readonly LaneLook[] {
    return [...this.#known.values()];
  }
}
