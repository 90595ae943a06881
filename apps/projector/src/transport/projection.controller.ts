import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { type RecordSink } from '../lane/ports.ts';
import { type BatchOutcome, type LaneBatch } from './batch-transport.ts';
import { CONTENT_SINK, DEAD_LETTER_SINK, EVENT_SINK } from './tokens.ts';

/** The lanes' handlers: each brings a batch into its tables. */
@Controller()
export class ProjectionController {
  readonly #events: RecordSink;
  readonly #contents: RecordSink;
  readonly #deadLetters: RecordSink;

  constructor(
    @Inject(EVENT_SINK) events: RecordSink,
    @Inject(CONTENT_SINK) contents: RecordSink,
    @Inject(DEAD_LETTER_SINK) deadLetters: RecordSink,
  ) {
    this.#events = events;
    this.#contents = contents;
    this.#deadLetters = deadLetters;
  }

  @MessagePattern('events')
  events(@Payload() batch: LaneBatch): Promise<BatchOutcome> {
    return outcome(this.#events, batch);
  }

  @MessagePattern('content')
  content(@Payload() batch: LaneBatch): Promise<BatchOutcome> {
    return outcome(this.#contents, batch);
  }

  @MessagePattern('dead_letters')
  deadLetters(@Payload() batch: LaneBatch): Promise<BatchOutcome> {
    return outcome(this.#deadLetters, batch);
  }
}

async function outcome(sink: RecordSink, { records }: LaneBatch): Promise<BatchOutcome> {
  try {
    await sink.project(records);
    return { status: 'projected' };
  } catch (error) {
    return { status: 'failed', error };
  }
}
