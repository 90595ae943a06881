import { type Directory } from '../content/directory.ts';
import { type DiffSources } from '../questions/diff-question.ts';
import { type EventSources } from '../questions/event-question.ts';
import { type ReportSources } from '../questions/report-question.ts';
import { type ResolveSources } from '../questions/resolve-question.ts';
import { type SearchSources } from '../questions/search-question.ts';
import { type TimelineSources } from '../questions/timeline-question.ts';

/** The pages ask the same questions as the API, and join names for who may see them. */
export interface PageSources
  extends TimelineSources, Omit<SearchSources, 'content'>, EventSources, ResolveSources, DiffSources, ReportSources {
  readonly names: Directory;
}
