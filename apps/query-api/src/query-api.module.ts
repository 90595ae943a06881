import { type DynamicModule, Module } from '@nestjs/common';
import { TimelinesController } from './http/timelines.controller.ts';
import { TIMELINES } from './http/tokens.ts';
import { type TimelineSources } from './questions/timeline-question.ts';

@Module({})
export class QueryApiModule {
  static with(parts: { readonly timelines: TimelineSources }): DynamicModule {
    return { module: QueryApiModule, controllers: [TimelinesController], providers: [{ provide: TIMELINES, useValue: parts.timelines }] };
  }
}
