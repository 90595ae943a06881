import { type DynamicModule, Module } from '@nestjs/common';
import { CompletenessController } from './http/completeness.controller.ts';
import { ContextController } from './http/context.controller.ts';
import { EntitiesController } from './http/entities.controller.ts';
import { EventsController } from './http/events.controller.ts';
import { LinksController } from './http/links.controller.ts';
import { ReportsController } from './http/reports.controller.ts';
import { RunsController } from './http/runs.controller.ts';
import { SearchController } from './http/search.controller.ts';
import { StepsController } from './http/steps.controller.ts';
import { TimelinesController } from './http/timelines.controller.ts';
import {
  COMPLETENESS,
  EVENTS,
  LINKS,
  PAGES,
  REPORTS,
  RESOLVE,
  RUNS,
  SEARCH,
  SESSIONS,
  TIMELINES,
} from './http/tokens.ts';
import { AssetsController } from './page/assets.controller.ts';
import { ContextPagesController } from './page/context-pages.controller.ts';
import { EntityPagesController } from './page/entity-pages.controller.ts';
import { type PageSources } from './page/page-sources.ts';
import { PagesController } from './page/pages.controller.ts';
import { ReportPagesController } from './page/report-pages.controller.ts';
import { RunPagesController } from './page/run-pages.controller.ts';
import { type Sessions } from './page/session.ts';
import { SignInController } from './page/sign-in.controller.ts';
import { TimelinePagesController } from './page/timeline-pages.controller.ts';
import { type LinkSources } from './questions/link-question.ts';
import { type ReportSources } from './questions/report-question.ts';

@Module({})
export class QueryApiModule {
  /** One object has what all questions need; each takes its part. */
  static with(sources: PageSources & ReportSources & LinkSources, sessions: Sessions): DynamicModule {
    return {
      module: QueryApiModule,
      controllers: [
        TimelinesController,
        SearchController,
        EventsController,
        ContextController,
        EntitiesController,
        RunsController,
        StepsController,
        ReportsController,
        LinksController,
        CompletenessController,
        PagesController,
        TimelinePagesController,
        RunPagesController,
        ContextPagesController,
        EntityPagesController,
        ReportPagesController,
        SignInController,
        AssetsController,
      ],
      providers: [
        ...[TIMELINES, SEARCH, EVENTS, RESOLVE, RUNS, REPORTS, LINKS, COMPLETENESS, PAGES].map((provide) => ({
          provide,
          useValue: sources,
        })),
        { provide: SESSIONS, useValue: sessions },
      ],
    };
  }
}
