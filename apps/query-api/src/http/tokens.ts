/** What Nest injects by symbol. */
export const TIMELINES = Symbol('TimelineSources');
