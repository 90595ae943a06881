/** What Nest injects by symbol: the questions' sources, which are interfaces. */
export const TIMELINES = Symbol('TimelineSources');
export const SEARCH = Symbol('SearchSources');
export const EVENTS = Symbol('EventSources');
export const RESOLVE = Symbol('ResolveSources');
export const RUNS = Symbol('RunSources');
export const REPORTS = Symbol('ReportSources');
export const LINKS = Symbol('LinkSources');
export const COMPLETENESS = Symbol('CompletenessSources');
export const PAGES = Symbol('PageSources');
export const SESSIONS = Symbol('Sessions');
