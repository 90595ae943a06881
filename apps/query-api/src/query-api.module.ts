import { type DynamicModule, Module } from '@nestjs/common';
import { EventsController } from './http/events.controller.ts';
import { SearchController } from './http/search.controller.ts';
import { TimelinesController } from './http/timelines.controller.ts';
import { EVENTS, RESOLVE, SEARCH, TIMELINES } from './http/tokens.ts';
import { type EventSources } from './questions/event-question.ts';
import { type ResolveSources } from './questions/resolve-question.ts';
import { type SearchSources } from './questions/search-question.ts';
import { type TimelineSources } from './questions/timeline-question.ts';

/** What the questions need, all in one: each takes its part. */
export type QuestionSources = TimelineSources & SearchSources & EventSources & ResolveSources;

@Module({})
export class QueryApiModule {
  static with(sources: QuestionSources): DynamicModule {
    return {
      module: QueryApiModule,
      controllers: [TimelinesController, SearchController, EventsController],
      providers: [TIMELINES, SEARCH, EVENTS, RESOLVE].map((provide) => ({ provide, useValue: sources })),
    };
  }
}
