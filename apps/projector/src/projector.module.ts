import { type DynamicModule, Module } from '@nestjs/common';
import { type RecordSink } from './lane/ports.ts';
import { ProjectionController } from './transport/projection.controller.ts';
import { CONTENT_SINK, DEAD_LETTER_SINK, EVENT_SINK } from './transport/tokens.ts';

export interface Sinks {
  readonly events: RecordSink;
  readonly content: RecordSink;
  readonly dead_letters: RecordSink;
}

@Module({})
export class ProjectorModule {
  static over(sinks: Sinks): DynamicModule {
    return {
      module: ProjectorModule,
      controllers: [ProjectionController],
      providers: [
        { provide: EVENT_SINK, useValue: sinks.events },
        { provide: CONTENT_SINK, useValue: sinks.content },
        { provide: DEAD_LETTER_SINK, useValue: sinks.dead_letters },
      ],
    };
  }
}
